using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>Mines on a throttled t-class: 100 % for 40 to 90 minutes, then the type's baseline, with steal for the rest.</summary>
internal sealed class CreditMiner(Scripted under) : Miner(under)
{
    public override string Kind => "miner/credit-limited";

    public override bool Plain => false;

    internal override FleetPlanNeed Need => FleetPlanNeed.Throttled;

    internal override double SavedOf(in Scene s, Burstable credits) => credits.Drain(s.Vm, 100) * FullSeconds(s.Vm) / 3600;

    internal override Spell SpendingOf(in Scene s) => Begun(s) is { } from ? new(from, double.PositiveInfinity, 100) : Spell.None;

    protected override double LevelOf(in Scene s, double from)
    {
        double full = s.Share(from, from + FullSeconds(s.Vm));
        double low = Baseline(s.Vm) * (1 + 0.08 * (1 + Noise.Spread(s.Seed, s.Tick, Channel.Cpu)));
        return full * Flat(s, from) + (1 - full) * low;
    }

    protected override double MeanLevel(in Scene s, double from, double to)
    {
        double full = Math.Min(to - from, FullSeconds(s.Vm));
        return to <= from ? 0 : (98.8 * full + 1.08 * Baseline(s.Vm) * (to - from - full)) / (to - from);
    }

    protected override void Intrude(in Scene s, GuestDraft guest, double from)
    {
        base.Intrude(s, guest, from);
        if (s.End > from + FullSeconds(s.Vm) && !s.Isolated) guest.StealPercent = 92 - 1.2 * Baseline(s.Vm);
    }

    private static double FullSeconds(SimulatedVm vm) => 60 * Noise.Between(vm.Seed, 0, Channel.Credit, 40, 90);

    private static double Baseline(SimulatedVm vm) => Burstable.Of(vm)?.Baseline ?? 100;
}
