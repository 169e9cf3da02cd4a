using Watchdog.Inventory;

namespace Watchdog.Enforcement.Plans;

/// <summary>Plans to take the tag of an idle stop off a VM that somebody has started again: it says nothing true any more. Nothing else is touched.</summary>
public static class UntagPlan
{
    /// <summary>Makes the plan; pure.</summary>
    /// <param name="now">The VM as just read.</param>
    public static Plan For(ListedVm now, EnforcementOptions options)
    {
        if (now.State != VmStates.Running)
        {
            return Plan.Refuse($"{now.InstanceId} is {now.State} again: its tag may be that of a newer stop.");
        }

        if (!now.Tags.TryGetValue(ContainmentGroups.StoppedTag, out var value))
        {
            return Plan.Refuse($"{now.InstanceId} bears no tag {ContainmentGroups.StoppedTag}.");
        }

        return new Plan(
            $"take tag {ContainmentGroups.StoppedTag} off {now.InstanceId}, which runs again",
            [
                new PlannedStep(StepKinds.Tag, now.InstanceId, "ec2:DeleteTags", Shape.OfTag(ContainmentGroups.StoppedTag, value),
                    Shape.OfTag(ContainmentGroups.StoppedTag, null), null, "DescribeInstances shows no such tag", options.SettleSeconds * options.MostCalls),
            ],
            [], null);
    }
}
