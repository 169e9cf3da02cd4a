using Watchdog.Inventory;

namespace Watchdog.Enforcement;

/// <summary>Plans a stop: the VM is tagged with its case and stopped, never terminated.</summary>
public static class StopPlan
{
    /// <summary>Makes the plan; pure.</summary>
    /// <param name="now">The VM as just read.</param>
    /// <param name="caseId">The case, for the tag.</param>
    public static Plan For(ListedVm now, long caseId)
    {
        if (now.Tags.TryGetValue(ContainmentGroups.AutoScalingTag, out var group))
        {
            return Plan.Refuse($"{now.InstanceId} belongs to Auto Scaling group {group}: a stopped member is terminated by the group.");
        }

        if (now.Lifecycle == "spot")
        {
            return Plan.Refuse($"{now.InstanceId} is a spot instance: StopInstances does not hold it, and losing it loses its capacity.");
        }

        if (now.RootDeviceType == "instance-store")
        {
            return Plan.Refuse($"{now.InstanceId} has its root on instance store: it cannot be stopped, only terminated.");
        }

        if (now.State is VmStates.Stopped or VmStates.Stopping)
        {
            return Plan.Refuse($"{now.InstanceId} is {now.State} already.");
        }

        List<string> lost = ["the content of its memory", "data on its instance-store volumes, where it has any"];
        if (now.PublicIp is { } address)
        {
            lost.Add($"its public address {address}, unless that is an Elastic IP");
        }

        lost.Add("its place on the host: a start needs free capacity of its type");
        return new Plan(
            $"stop {now.InstanceId}",
            [
                QuarantinePlan.TagStep(now, caseId),
                new PlannedStep(StepKinds.Stop, now.InstanceId, "ec2:StopInstances", Shape.OfState(now.State), Shape.OfState(VmStates.Stopped),
                    Shape.OfState(VmStates.Running)),
            ],
            lost, null);
    }
}
