using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>Now and then the instance check fails for five to ten minutes, and passes again.</summary>
internal sealed class StatusBlip(Scripted under) : Wrapped(under)
{
    private static readonly Timetable Blips = new(8, 0.7, 5 / 60.0, 10 / 60.0, 0, 0);

    public override string Kind => "benign/status-blip";

    public override StatusChecks StatusOf(in VmMoment at)
    {
        Scene s = Scene.Of(at, 1);
        Spell blip = Blips.At(s.Vm, s.End).In(s);
        return blip.Holds(s.End) ? new(true, false, false, Scene.Instant(Math.Floor(blip.Start))) : StatusChecks.Ok;
    }
}
