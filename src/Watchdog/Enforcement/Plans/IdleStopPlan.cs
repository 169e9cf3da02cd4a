using System.Globalization;
using Watchdog.IdleShutdown;

namespace Watchdog.Enforcement.Plans;

/// <summary>Plans the stop or hibernation of a VM that nobody uses: it is switched off, and then tagged with the time and the reason. Started again, it is as it was.</summary>
public static class IdleStopPlan
{
    /// <summary>EC2's longest tag value.</summary>
    private const int LongestValue = 256;

    /// <summary>Makes the plan; pure.</summary>
    /// <param name="reason">Why, for the tag.</param>
    /// <param name="onStop">What its policy asks for; a VM that cannot be hibernated is stopped.</param>
    public static Plan For(Subject of, string reason, DateTimeOffset at, OnStop onStop)
    {
        var now = of.Now;
        if (StopPlan.Refusal(of) is { } refused)
        {
            return Plan.Refuse($"{refused}.");
        }

        var value = string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} idle: {reason}");
        var told = Shape.OfTag(ContainmentGroups.StoppedTag, value.Length <= LongestValue ? value : value[..LongestValue]);
        var hindrance = onStop == OnStop.Hibernate ? Hibernation.Hindrance(now) : null;
        var hibernates = onStop == OnStop.Hibernate && hindrance is null;
        return new Plan(
            hibernates ? $"hibernate {now.InstanceId}, which nobody uses: the content of its memory is kept on its root volume"
                : $"stop {now.InstanceId}, which nobody uses" + (hindrance is null ? "" : $"; it is not hibernated: {hindrance}"),
            [
                new PlannedStep(StepKinds.IdleStop, now.InstanceId, "ec2:StopInstances", Shape.OfState(now.State), Shape.OfState(VmStates.Stopped),
                    Shape.OfState(VmStates.Running),
                    hibernates ? "DescribeInstances shows stopped, with the reason of a hibernation; stopped where EC2 refuses that; never forced" : "DescribeInstances shows stopped; never forced",
                    hibernates ? (int)Hibernation.Patience.TotalSeconds : of.Options.ForceStopMinutes * 60),
                new PlannedStep(StepKinds.Tag, now.InstanceId, "ec2:CreateTags",
                    Shape.OfTag(ContainmentGroups.StoppedTag, now.Tags.GetValueOrDefault(ContainmentGroups.StoppedTag)), told,
                    Shape.OfTag(ContainmentGroups.StoppedTag, null), "DescribeInstances shows the tag", of.Patience),
            ],
            hibernates ? [.. StopPlan.Lost(of).Select(lost => lost == StopPlan.Memory ? $"{lost}, should EC2 refuse to hibernate it: then it is stopped" : lost)] : StopPlan.Lost(of), null);
    }
}
