using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>CloudWatch misses single periods, and up to an hour at a time.</summary>
internal sealed class MetricGaps(Scripted under) : Wrapped(under)
{
    private static readonly Timetable Gaps = new(6, 0.6, 0.1, 1, 0, 0);

    public override string Kind => "benign/metric-gaps";

    public override bool Publishes(in VmMoment at)
    {
        Scene s = Scene.Of(at, Scene.Period);
        Spell gap = Gaps.At(s.Vm, s.Start);
        return s.Share(gap.Start, gap.End) < 0.5 && Noise.Unit(s.Seed, s.Tick, Channel.Day) >= 0.02;
    }
}
