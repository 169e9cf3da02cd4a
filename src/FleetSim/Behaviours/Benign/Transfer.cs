namespace Watchdog.FleetSim.Behaviours;

/// <summary>Moves data for some hours now and then: little CPU, a full pipe.</summary>
internal sealed class Transfer() : SpellWork(new Timetable(12, 0.7, 0.5, 4, 8, 28))
{
    public override string Kind => "benign/transfer";

    protected override double CpuWithoutNetwork => 0;

    protected override Demand WorkOf(in Scene s, in Spell spell)
    {
        double pipe = Noise.Decades(s.Seed, 0, Channel.Size, 1e6, 2.5e7);
        return new Demand(spell.Level, pipe * 0.02, pipe, pipe / 120_000, 2).Shaken(s, 0.15);
    }

    protected override void Show(in Scene s, GuestDraft guest, in Spell spell)
    {
        int pid = guest.Run("rsync", "/usr/bin/rsync", "rsync -a --partial /srv/media/ archive:/media/", spell.Start, Math.Min(1, Cores(s.Vm, spell)));
        if (!s.Isolated) guest.Dial(pid, guest.Address("203.0.113", Channel.Peer, -3), 22, spell.Start + 1);
        guest.IowaitPercent = 5;
    }
}
