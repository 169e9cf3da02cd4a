using Watchdog.Inventory;

namespace Watchdog.Enforcement;

/// <summary>
/// Plans a release from what was recorded: groups back, in reverse order; the VM started only if Watchdog stopped it; the tag off.
/// </summary>
public static class ReleasePlan
{
    /// <summary>Makes the plan; pure. Refuses, naming each difference, where somebody changed since what Watchdog had set.</summary>
    /// <param name="now">The VM as just read.</param>
    /// <param name="inForce">What Watchdog changed and has not undone, oldest first.</param>
    /// <param name="force">Restore the record all the same.</param>
    public static Plan For(ListedVm now, IReadOnlyList<Recorded> inForce, bool force)
    {
        var differences = inForce.Where(r => r.Kind == StepKinds.Groups).Select(r => Difference(now, r)).OfType<string>().Distinct().ToList();
        if (differences.Count > 0 && !force)
        {
            return Plan.Refuse($"Somebody changed {now.InstanceId} since Watchdog did: {string.Join("; ", differences)}. "
                + "Nothing was done; ask again with force to restore the record.");
        }

        // The first record of a target is the VM's own shape: a later one may have found Watchdog's.
        var own = inForce.GroupBy(r => (r.Kind, r.Target)).Select(g => g.First()).Reverse().ToList();
        List<PlannedStep> steps = [];
        foreach (var record in own.Where(r => r.Kind == StepKinds.Groups && now.Interfaces.Any(i => i.InterfaceId == r.Target)))
        {
            steps.Add(new PlannedStep(StepKinds.Groups, record.Target, "ec2:ModifyNetworkInterfaceAttribute",
                Shape.OfGroups(now.Interfaces.First(i => i.InterfaceId == record.Target).Groups), record.Undo, null));
        }

        if (own.Any(r => r.Kind == StepKinds.Stop) && now.State is VmStates.Stopped or VmStates.Stopping)
        {
            steps.Add(new PlannedStep(StepKinds.Start, now.InstanceId, "ec2:StartInstances", Shape.OfState(now.State),
                Shape.OfState(VmStates.Running), null));
        }

        // A tag that somebody gave another value is theirs now.
        foreach (var record in own.Where(r => r.Kind == StepKinds.Tag && !HasForeignTag(now, r)))
        {
            steps.Add(new PlannedStep(StepKinds.Tag, now.InstanceId, "ec2:DeleteTags", record.Wanted, record.Undo, null));
        }

        return new Plan($"restore what was recorded of {now.InstanceId}: {steps.Count} step(s)", steps, differences, null);
    }

    private static bool HasForeignTag(ListedVm now, Recorded record) =>
        record.Wanted.Tags!.Any(tag => now.Tags.TryGetValue(tag.Key, out var value) && value != tag.Value);

    private static string? Difference(ListedVm now, Recorded record)
    {
        if (now.Interfaces.FirstOrDefault(i => i.InterfaceId == record.Target) is not { } card)
        {
            return $"interface {record.Target} is no longer attached";
        }

        return record.Wanted.HoldsOn(now, record.Target) || record.Before.HoldsOn(now, record.Target)
            ? null
            : $"{record.Target} has [{string.Join(", ", card.Groups)}], Watchdog had set [{string.Join(", ", record.Wanted.Groups!)}]";
    }
}
