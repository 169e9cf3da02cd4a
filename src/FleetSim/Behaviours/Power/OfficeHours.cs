using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>An owner who switches his VM off in the evening of a workday, and on in the morning of the next.</summary>
internal sealed class OfficeHours(Scripted under) : Wrapped(under)
{
    private const double Day = 86_400;

    public override string Kind => "benign/office-hours";

    public override IEnumerable<OwnerAction> OwnerActions(SimulatedVm vm)
    {
        double launch = Scene.Seconds(vm.LaunchTime);
        for (double midnight = LocalTime.Midnight(vm, launch); ; midnight += Day)
        {
            if (LocalTime.Weekend(vm, midnight)) continue;
            double on = Hour(vm, midnight, 0, 6.5, 8.5), off = Hour(vm, midnight, 1, 19, 21.5);
            if (on > launch) yield return new(Scene.Instant(on), PowerAction.Start);
            // One evening in four he shuts it down from inside instead.
            bool inside = Noise.Unit(vm.Seed, (long)midnight, Channel.Trait) < 0.25;
            if (off > launch) yield return new(Scene.Instant(off), inside ? PowerAction.Shutdown : PowerAction.Stop);
        }
    }

    private static double Hour(SimulatedVm vm, double midnight, int which, double from, double to) =>
        midnight + 3600 * Noise.Between(vm.Seed, (long)midnight + which, Channel.Workday, from, to);
}
