namespace Watchdog.Enforcement.Plans;

/// <summary>Plans a stop: the VM is tagged with its case, evidence is taken, and it is stopped, never terminated.</summary>
public static class StopPlan
{
    /// <summary>Makes the plan; pure.</summary>
    public static Plan For(Subject of)
    {
        var now = of.Now;
        if (Refusal(of) is { } reason)
        {
            return Plan.Refuse($"{reason}.");
        }

        return new Plan(
            $"stop {now.InstanceId}",
            [
                CommonSteps.Tag(of), CommonSteps.Evidence(of),
                new PlannedStep(StepKinds.Stop, now.InstanceId, "ec2:StopInstances", Shape.OfState(now.State), Shape.OfState(VmStates.Stopped),
                    Shape.OfState(VmStates.Running), $"DescribeInstances shows stopped; forced after {of.Options.ForceStopMinutes} minutes of stopping",
                    of.Options.ForceStopMinutes * 120),
            ],
            Lost(of), null);
    }

    /// <summary>What a stop loses and a hibernation keeps.</summary>
    internal const string Memory = "the content of its memory";

    /// <summary>What the undo of a stop cannot bring back.</summary>
    internal static IReadOnlyList<string> Lost(Subject of)
    {
        List<string> lost = [Memory, "data on its instance-store volumes, where it has any"];
        if (of.Now.PublicIp is { } address && of.Guards.Addresses.All(held => held.PublicIp != address))
        {
            lost.Add($"its public address {address}, which is no Elastic IP");
        }

        lost.Add("its place on the host: a start needs free capacity of its type");
        return lost;
    }

    /// <summary>Why the VM must not be stopped, whatever for; null when it may.</summary>
    internal static string? Refusal(Subject of) => of switch
    {
        { Untouchable: { } reason } => reason,
        { Now: { Lifecycle: "spot" } vm } => $"{vm.InstanceId} is a spot instance: EC2 may start it again or take it away, so that a stop does not hold it",
        { Now: { RootDeviceType: "instance-store" } vm } => $"{vm.InstanceId} has its root on instance store: it cannot be stopped, only terminated",
        { Guards.StopProtected: true } => $"{of.Now.InstanceId} has stop protection on, which somebody set: take it off, then confirm the case",
        { Now: { State: VmStates.Stopped or VmStates.Stopping } vm } => $"{vm.InstanceId} is {vm.State} already",
        _ => null,
    };
}
