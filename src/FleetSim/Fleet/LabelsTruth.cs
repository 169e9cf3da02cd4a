namespace Watchdog.FleetSim.Fleet;

/// <summary>What is true of a VM, for the reports that are scored against it. No judgement may see it.</summary>
/// <param name="InstanceId">The VM.</param>
/// <param name="Label">One of <c>benign, miner, forkbomb, runaway, panic, idle, hostfault</c>.</param>
/// <param name="Kind">The kind within the label.</param>
/// <param name="Plain">Whether a sound detector must catch it.</param>
/// <param name="Onset">Start of the abuse or fault; null where there is none.</param>
public sealed record LabelsTruth(string InstanceId, string Label, string Kind, bool Plain, DateTimeOffset? Onset)
{
    /// <summary>The truth about a VM.</summary>
    public static LabelsTruth Of(SimulatedVm vm)
    {
        ArgumentNullException.ThrowIfNull(vm);
        DateTimeOffset? onset = vm.Onset == DateTimeOffset.MaxValue ? null : vm.Onset;
        return new(vm.InstanceId, vm.Behaviour.Label, vm.Behaviour.Kind, vm.Behaviour.Plain, onset);
    }
}
