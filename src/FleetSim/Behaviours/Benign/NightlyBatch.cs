namespace Watchdog.FleetSim.Behaviours;

/// <summary>A batch that reads a lot and computes for an hour or two each night.</summary>
internal sealed class NightlyBatch() : SpellWork(new Daily(1, 3, 0.5, 2.5, 45, 90))
{
    public override string Kind => "benign/nightly-batch";

    protected override Demand WorkOf(in Scene s, in Spell spell) => new Demand(spell.Level, 150_000, 12_000, 90, 45).Shaken(s, 0.25);

    protected override void Show(in Scene s, GuestDraft guest, in Spell spell)
    {
        int shell = guest.Run("sh", "/usr/bin/dash", "/bin/sh -c /srv/etl/nightly.sh", spell.Start, 0.001);
        guest.Run("python3", "/usr/bin/python3.11", "python3 /srv/etl/aggregate.py --day yesterday", spell.Start + 1, 0.97 * Cores(s.Vm, spell),
            threads: s.Vm.Vcpus + 2, rssMegabytes: 900, parent: shell);
        guest.IowaitPercent = 4;
    }
}
