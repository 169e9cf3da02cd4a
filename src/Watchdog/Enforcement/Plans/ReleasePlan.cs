namespace Watchdog.Enforcement.Plans;

/// <summary>
/// Plans a release from what was recorded: groups, protections, addresses and profile back; the VM started only if Watchdog stopped it;
/// the tag off last.
/// </summary>
public static class ReleasePlan
{
    // Things that a step took, and what nobody can drift away from.
    // Groups: a quarantine that an earlier version journalled.
    private static readonly string[] NotCompared = [StepKinds.Tag, StepKinds.Stop, StepKinds.IdleStop, StepKinds.Restrain];

    /// <summary>Makes the plan; pure. Refuses, naming each difference, where somebody changed since what Watchdog had set.</summary>
    /// <param name="view">The VM as just read.</param>
    /// <param name="inForce">What Watchdog changed and has not undone, oldest first.</param>
    /// <param name="force">Restore the record all the same.</param>
    public static Plan For(VmView view, IReadOnlyList<Recorded> inForce, bool force, EnforcementOptions options)
    {
        var now = view.Vm;
        // The first record of a target is the VM's own shape: a later one may have found Watchdog's.
        var own = inForce.GroupBy(r => (r.Kind, r.Target)).Select(g => g.First()).Reverse().ToList();
        var differences = inForce.Where(r => !NotCompared.Contains(r.Kind)).Select(r => Difference(view, r)).OfType<string>().Distinct().ToList();
        if (differences.Count > 0 && !force)
        {
            return Plan.Refuse($"Somebody changed {now.InstanceId} since Watchdog did: {string.Join("; ", differences)}. "
                + "Nothing was done; ask again with force to restore the record.");
        }

        var patience = options.SettleSeconds * options.MostCalls;
        List<PlannedStep> steps = [.. own.Where(r => !NotCompared.Contains(r.Kind) && IsThere(view, r)).Select(r => Restore(view, r, patience))];
        List<string> differs = [.. own.Where(r => r.Kind == StepKinds.Address).Select(r => $"the association id of {r.Target}")];
        if (own.Any(r => r.Kind is StepKinds.Stop or StepKinds.IdleStop) && now.State is VmStates.Stopped or VmStates.Stopping)
        {
            steps.Add(new PlannedStep(StepKinds.Start, now.InstanceId, "ec2:StartInstances", Shape.OfState(now.State), Shape.OfState(VmStates.Running), null,
                "DescribeInstances shows running", patience));
            differs.AddRange(["the launch time", "the state's reason", "an auto-assigned public address, where it had one"]);
        }

        steps.AddRange(own.Where(r => r.Kind == StepKinds.Restrain).Select(r => new PlannedStep(
            StepKinds.Restrain, r.Target, "ssm:SendCommand", r.Wanted, r.Undo, null, "the document says that the cap is off", patience)));
        // A tag that somebody gave another value is theirs now.
        steps.AddRange(own.Where(r => r.Kind == StepKinds.Tag && !HasForeignTag(view, r)).Select(r => new PlannedStep(
            StepKinds.Tag, now.InstanceId, "ec2:DeleteTags", r.Wanted, r.Undo, null, "DescribeInstances shows no such tag", patience)));
        return new Plan($"restore what was recorded of {now.InstanceId}: {steps.Count} step(s)", steps, differences, null, differs);
    }

    private static PlannedStep Restore(VmView view, Recorded record, int patience)
    {
        return record.Kind switch
        {
            StepKinds.Isolate or StepKinds.Groups => Step(StepKinds.Groups, "ec2:ModifyNetworkInterfaceAttribute",
                Shape.OfGroups(view.Vm.Interfaces.First(i => i.InterfaceId == record.Target).Groups), "DescribeInstances shows the groups"),
            StepKinds.Address => Step(StepKinds.Address, "ec2:AssociateAddress", new Shape(Address: Shape.PlaceOf(view.Guards!, record.Target)),
                "DescribeAddresses shows the association"),
            StepKinds.Profile => Step(StepKinds.Profile, "ec2:ReplaceIamInstanceProfileAssociation", new Shape(Profile: view.Guards!.Profile?.Arn ?? ""),
                "DescribeIamInstanceProfileAssociations shows the profile"),
            _ => Step(record.Kind, "ec2:ModifyInstanceAttribute", record.Wanted, "DescribeInstanceAttribute shows it"),
        };

        PlannedStep Step(string kind, string action, Shape before, string verify) => new(kind, record.Target, action, before, record.Undo, null, verify, patience);
    }

    private static bool IsThere(VmView view, Recorded record) =>
        record.Kind is not (StepKinds.Isolate or StepKinds.Groups) || view.Vm.Interfaces.Any(i => i.InterfaceId == record.Target);

    private static bool HasForeignTag(VmView view, Recorded record) =>
        record.Wanted.Tags!.Any(tag => view.Vm.Tags.TryGetValue(tag.Key, out var value) && value != tag.Value);

    private static string? Difference(VmView view, Recorded record)
    {
        if (record.Wanted.HoldsOn(view, record.Target) || record.Before.HoldsOn(view, record.Target))
        {
            return null;
        }

        if (record.Kind is not (StepKinds.Isolate or StepKinds.Groups))
        {
            return $"{record.Kind} of {record.Target} is neither as Watchdog set it ({record.Wanted.Words}) nor as it was ({record.Before.Words})";
        }

        return view.Vm.Interfaces.FirstOrDefault(i => i.InterfaceId == record.Target) is not { } card
            ? $"interface {record.Target} is no longer attached"
            // Between the two groups: a crash left it there, nobody changed it.
            : record.Wanted.Via is { } via && card.Groups.ToHashSet().SetEquals(via)
                ? null
                : $"{record.Target} has [{string.Join(", ", card.Groups)}], Watchdog had set [{string.Join(", ", record.Wanted.Groups!)}]";
    }
}
