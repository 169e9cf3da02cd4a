using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>All cores, all the time. The kinds differ in how the process hides and whether it comes back after a restart.</summary>
internal sealed class FullMiner(Scripted under, string kind, Func<SimulatedVm, Disguise> disguise, bool persistent = false) : Miner(under)
{
    public override string Kind => kind;

    protected override double? RestartsAfter => persistent ? 120 : null;

    protected override Disguise DisguiseOf(SimulatedVm vm) => disguise(vm);

    protected override double LevelOf(in Scene s, double from) => Flat(s, from);

    protected override double MeanLevel(in Scene s, double from, double to) => 98.8;
}
