using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>All cores, all the time. The kinds differ in how the process hides, whether it silences the agent, and whether it comes back after a restart.</summary>
internal sealed class FullMiner(Scripted under, string kind, Func<SimulatedVm, Disguise> disguise, bool persistent = false,
    bool killsAgent = false, bool plain = true) : Miner(under)
{
    public override string Kind => kind;

    public override bool Plain => plain;

    protected override double? RestartsAfter => persistent ? 120 : null;

    protected override Disguise DisguiseOf(SimulatedVm vm) => disguise(vm);

    protected override bool AnswersWhile(in Scene s, double from) => !killsAgent && base.AnswersWhile(s, from);

    protected override double LevelOf(in Scene s, double from) => Flat(s, from);

    protected override double MeanLevel(in Scene s, double from, double to) => 98.8;
}
