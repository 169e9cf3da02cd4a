using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>A tree that takes hours to build: high and uneven CPU, disks, compilers that live for seconds under one old make.</summary>
internal sealed class BigCompile() : SpellWork(new Timetable(12, 0.8, 1, 4, 90, 97))
{
    public override string Kind => "benign/big-compile";

    internal override FleetPlanNeed Need => FleetPlanNeed.Steady;

    protected override Demand WorkOf(in Scene s, in Spell spell)
    {
        Demand io = new Demand(0, 300, 200, 25, 110).Shaken(s, 0.5);
        return io with { Cpu = Math.Min(100, spell.Level + 9 * Noise.Spread(s.Seed, s.Tick, Channel.Cpu)) };
    }

    protected override void Show(in Scene s, GuestDraft guest, in Spell spell)
    {
        int shell = (s.Seed >> 11 & 1) == 0
            ? guest.Login(spell.Start - 240, Math.Min(s.End - spell.Start, 9_000))
            : guest.Run("tmux: server", "/usr/bin/tmux", "tmux new -s build", spell.Start - 240, 0.0004);
        Toolchain.Make(s, guest, spell, shell);
    }
}
