using System.Globalization;

namespace Watchdog.Enforcement.Plans;

/// <summary>Plans the stop of a VM that nobody uses: it is stopped, and then tagged with the time and the reason. Started again, it is as it was.</summary>
public static class IdleStopPlan
{
    /// <summary>EC2's longest tag value.</summary>
    private const int LongestValue = 256;

    /// <summary>Makes the plan; pure.</summary>
    /// <param name="reason">Why, for the tag.</param>
    public static Plan For(Subject of, string reason, DateTimeOffset at)
    {
        var now = of.Now;
        if (StopPlan.Refusal(of) is { } refused)
        {
            return Plan.Refuse($"{refused}.");
        }

        var value = string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} idle: {reason}");
        var told = Shape.OfTag(ContainmentGroups.StoppedTag, value.Length <= LongestValue ? value : value[..LongestValue]);
        return new Plan(
            $"stop {now.InstanceId}, which nobody uses",
            [
                new PlannedStep(StepKinds.IdleStop, now.InstanceId, "ec2:StopInstances", Shape.OfState(now.State), Shape.OfState(VmStates.Stopped),
                    Shape.OfState(VmStates.Running), "DescribeInstances shows stopped; never forced", of.Options.ForceStopMinutes * 60),
                new PlannedStep(StepKinds.Tag, now.InstanceId, "ec2:CreateTags",
                    Shape.OfTag(ContainmentGroups.StoppedTag, now.Tags.GetValueOrDefault(ContainmentGroups.StoppedTag)), told,
                    Shape.OfTag(ContainmentGroups.StoppedTag, null), "DescribeInstances shows the tag", of.Patience),
            ],
            StopPlan.Lost(of), null);
    }
}
