using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>Video encoding: as flat as a throttled miner (measured: 0.3 points), by a process that has been busy all its life.</summary>
internal sealed class Encoder() : SpellWork(new Timetable(12, 0.8, 2, 10, 60, 96))
{
    public override string Kind => "benign/encoder";

    internal override FleetPlanNeed Need => FleetPlanNeed.Steady;

    protected override Demand WorkOf(in Scene s, in Spell spell)
    {
        double bytes = Noise.Decades(s.Seed, 0, Channel.Size, 200, 50_000);
        Demand io = new Demand(0, bytes, bytes * 0.6, 0.8, 1.5).Shaken(s, 0.4);
        return io with { Cpu = spell.Level + 0.35 * Noise.Spread(s.Seed, s.Tick, Channel.Cpu) };
    }

    protected override void Show(in Scene s, GuestDraft guest, in Spell spell)
    {
        guest.Run("ffmpeg", "/usr/bin/ffmpeg", "ffmpeg -i in/part07.mov -c:v libx264 -preset slow -crf 20 out/part07.mp4", spell.Start, Cores(s.Vm, spell),
            threads: 6 + 2 * s.Vm.Vcpus, rssMegabytes: 640);
        guest.ForksPerSecond = 9;
        guest.SystemShare = 0.07;
    }
}
