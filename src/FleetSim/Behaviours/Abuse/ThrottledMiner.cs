using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>Takes half to three quarters of the machine, so that no threshold is crossed.</summary>
internal sealed class ThrottledMiner(Scripted under) : Miner(under)
{
    public override string Kind => "miner/throttled";

    public override bool Plain => false;

    protected override Disguise DisguiseOf(SimulatedVm vm)
    {
        if ((vm.Seed >> 6 & 1) == 0) return Disguise.Quiet(vm);
        Disguise stock = Disguise.None(vm);
        return stock with { Args = stock.Args + " --cpu-max-threads-hint=60" };
    }

    protected override double LevelOf(in Scene s, double from) => Level(s.Vm) + 0.9 * Noise.Spread(s.Seed, s.Tick, Channel.Cpu);

    protected override double MeanLevel(in Scene s, double from, double to) => Level(s.Vm);

    private static double Level(SimulatedVm vm) => Noise.Between(vm.Seed, 0, Channel.Level, 51, 74);
}
