namespace Watchdog.FleetSim.Behaviours;

/// <summary>A continuous-integration runner: short jobs that fetch, build, test and upload.</summary>
internal sealed class CiRunner() : SpellWork(new Timetable(0.75, 0.6, 0.05, 0.5, 55, 96))
{
    public override string Kind => "benign/ci-runner";

    protected override double CpuWithoutNetwork => 0;

    internal override Fleet.FleetPlanNeed Need => Fleet.FleetPlanNeed.Steady;

    protected override Demand WorkOf(in Scene s, in Spell spell) =>
        new Demand(spell.Level, 400_000, 60_000, 60, 160).Shaken(s, 0.35);

    protected override void ShowAlways(in Scene s, GuestDraft guest)
    {
        int listener = guest.Run("Runner.Listener", "/opt/actions-runner/bin/Runner.Listener", "Runner.Listener run", s.Ready, 0.002, threads: 20, rssMegabytes: 95);
        if (!s.Isolated) guest.Dial(listener, guest.Address("203.0.113", Channel.Peer, -2), 443, s.End - 50 * Noise.Unit(s.Seed, s.Tick, Channel.Peer));
    }

    protected override void Show(in Scene s, GuestDraft guest, in Spell spell)
    {
        if (s.Isolated) return;
        int worker = guest.Run("Runner.Worker", "/opt/actions-runner/bin/Runner.Worker", "Runner.Worker spawnclient", spell.Start, 0.05, threads: 22, rssMegabytes: 120);
        // A test process runs for a minute or so, then the next one.
        long step = (long)Math.Floor(s.End / 70);
        guest.Run("dotnet", "/usr/share/dotnet/dotnet", $"dotnet test tests/Suite{step % 41}.dll", Math.Max(spell.Start, step * 70), 0.9 * Cores(s.Vm, spell),
            threads: 4 + 4 * s.Vm.Vcpus, rssMegabytes: 380, parent: worker);
        guest.ForksPerSecond = Noise.Between(s.Seed, s.Tick, Channel.Child, 6, 14);
        guest.IowaitPercent = 2;
    }
}
