using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>A VM that reboots every day or two, for updates or out of habit.</summary>
internal sealed class Rebooter(Scripted under) : Wrapped(under)
{
    public override string Kind => "benign/reboots";

    public override IEnumerable<OwnerAction> OwnerActions(SimulatedVm vm)
    {
        double at = Scene.Seconds(vm.LaunchTime);
        for (int n = 0; ; n++)
        {
            at += 3600 * Noise.Between(vm.Seed, n, Channel.Boot, 12, 50);
            yield return new(Scene.Instant(at), PowerAction.Reboot);
        }
    }
}
