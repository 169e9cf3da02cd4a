using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>Mines in turns: for a part of each cycle at its level, sleeping for the rest.</summary>
internal sealed class PulsedMiner(Scripted under, string kind, double level, Func<SimulatedVm, double, Pulse> pulse) : Miner(under)
{
    public override string Kind => kind;

    public override bool Plain => false;

    protected override double LevelOf(in Scene s, double from) =>
        (level - 1.5 * Noise.Unit(s.Seed, s.Tick, Channel.Cpu)) * pulse(s.Vm, from).Share(Math.Max(from, s.Start), s.End);

    protected override double MeanLevel(in Scene s, double from, double to) => to <= from ? 0 : (level - 0.75) * pulse(s.Vm, from).Share(from, to);

    /// <summary>A quarter to a half of each 20 to 60 minutes.</summary>
    public static Pulse Duty(SimulatedVm vm, double from)
    {
        double cycle = 60 * Noise.Between(vm.Seed, 0, Channel.Length, 20, 60);
        return new(from, cycle, cycle * Noise.Between(vm.Seed, 0, Channel.Size, 0.25, 0.5));
    }

    /// <summary>From ten in the evening to six in the morning on the owner's clock.</summary>
    public static Pulse Night(SimulatedVm vm, double from) => new(LocalTime.Midnight(vm, from) - 2 * 3600, 24 * 3600, 8 * 3600);
}

/// <summary>A cycle that began at <paramref name="Zero"/>, on for its first <paramref name="On"/> seconds of each <paramref name="Cycle"/>.</summary>
internal readonly record struct Pulse(double Zero, double Cycle, double On)
{
    /// <summary>Which share of [from, to) is on; 0 where the stretch is empty.</summary>
    public double Share(double from, double to) => to <= from ? 0 : (OnUntil(to) - OnUntil(from)) / (to - from);

    private double OnUntil(double instant)
    {
        double x = instant - Zero, cycles = Math.Floor(x / Cycle);
        return cycles * On + Math.Min(x - cycles * Cycle, On);
    }
}
