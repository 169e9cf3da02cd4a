using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>A model in training: all it needs is in memory, so CPU is high and flat and I/O next to nothing for a day.</summary>
internal sealed class Training() : SpellWork(new Timetable(36, 0.75, 6, 30, 70, 99))
{
    public override string Kind => "benign/training";

    internal override FleetPlanNeed Need => FleetPlanNeed.Steady;

    protected override Demand WorkOf(in Scene s, in Spell spell)
    {
        bool checkpoint = Noise.Unit(s.Seed, s.Tick, Channel.Burst) < 0.15;
        Demand io = new Demand(0, 12, 15, 0, checkpoint ? 6 : 0.1).Shaken(s, 0.5);
        return io with { Cpu = spell.Level + 0.8 * Noise.Spread(s.Seed, s.Tick, Channel.Cpu) };
    }

    protected override void Show(in Scene s, GuestDraft guest, in Spell spell)
    {
        int tmux = guest.Run("tmux: server", "/usr/bin/tmux", "tmux new -s train", spell.Start - 60, 0.0004);
        guest.Run("python", "/home/dev/.venv/bin/python", "python train.py --model resnet18 --epochs 90 --device cpu --out runs/17", spell.Start, Cores(s.Vm, spell),
            threads: 8 + 2 * s.Vm.Vcpus, rssMegabytes: 2_600, parent: tmux);
        // Half of the owners stay logged in and watch.
        if ((s.Seed >> 9 & 1) == 0) guest.Login(spell.Start - 90, Math.Min(s.End - spell.Start, 14_000));
        guest.SystemShare = 0.02;
    }
}
