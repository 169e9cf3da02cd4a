using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>A VM that is gone after one to four hours: terminated, reclaimed as spot capacity, or retired with its host.</summary>
internal sealed class ShortLived(Scripted under) : Wrapped(under)
{
    private static readonly PowerAction[] Ends = [PowerAction.Terminate, PowerAction.Terminate, PowerAction.SpotReclaim, PowerAction.Retire];

    public override string Kind => "benign/short-lived";

    /// <summary>Launched around the epoch, so that its life lies within the simulation.</summary>
    internal override bool Fresh => true;

    public override IEnumerable<OwnerAction> OwnerActions(SimulatedVm vm)
    {
        DateTimeOffset end = vm.LaunchTime.AddSeconds(Math.Round(3600 * Noise.Between(vm.Seed, 0, Channel.Length, 1, 4)));
        yield return new(end, Noise.Pick<PowerAction>(vm.Seed, 0, Channel.Trait, Ends));
    }
}
