namespace Watchdog.FleetSim.Behaviours;

/// <summary>A backup at night: the most bytes that this VM ever sends, to one address.</summary>
internal sealed class NightBackup() : SpellWork(new Daily(1, 4, 0.4, 2, 18, 45))
{
    public override string Kind => "benign/night-backup";

    protected override double CpuWithoutNetwork => 0;

    protected override Demand WorkOf(in Scene s, in Spell spell)
    {
        double pipe = Noise.Decades(s.Seed, 0, Channel.Size, 8e5, 1.5e7);
        return new Demand(spell.Level, pipe * 0.03, pipe, pipe / 60_000, 4).Shaken(s, 0.2);
    }

    protected override void Show(in Scene s, GuestDraft guest, in Spell spell)
    {
        int pid = guest.Run("restic", "/usr/bin/restic", "restic backup /home /srv --tag nightly", spell.Start, Cores(s.Vm, spell), threads: 12, rssMegabytes: 260, uid: 0);
        if (!s.Isolated) guest.Dial(pid, guest.Address("203.0.113", Channel.Peer, -4), 443, spell.Start + 2);
        guest.IowaitPercent = 8;
    }
}
