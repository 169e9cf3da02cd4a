using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>One process of the owner's that spins: whole cores, no I/O, nobody at the keyboard.</summary>
/// <param name="under">The life beneath.</param>
/// <param name="allCores">Whether it takes all cores or one.</param>
/// <param name="masked">Whether the life beneath has load of its own, which rises and falls and may hide it.</param>
internal sealed class Runaway(Scripted under, bool allCores, bool masked = false) : Overlay(under)
{
    private static readonly (string Comm, string Exe, string Args)[] Programs =
    [
        ("python3", "/usr/bin/python3.11", "python3 /srv/jobs/sync_worker.py"), ("node", "/usr/bin/node", "node /srv/bot/index.js"),
        ("php", "/usr/bin/php8.2", "php /srv/queue/worker.php"), ("ruby", "/usr/bin/ruby3.1", "ruby /srv/app/clock.rb"),
    ];

    public override string Label => "runaway";

    public override string Kind => masked ? "runaway/under-load" : allCores ? "runaway/all-cores" : "runaway/one-core";

    public override bool Plain => !masked;

    internal override bool TellsWithoutPast => allCores;

    protected override Demand Lay(in Scene s, in Demand usual, double from)
    {
        double added = Cores(s.Vm) * 100.0 / s.Vm.Vcpus;
        return usual with { Cpu = Math.Min(100 - 0.3 * Noise.Unit(s.Seed, s.Tick, Channel.Level), usual.Cpu + added) };
    }

    protected override void Intrude(in Scene s, GuestDraft guest, double from)
    {
        int cores = Cores(s.Vm);
        (string comm, string exe, string args) = cores > 1
            ? ("java", "/usr/lib/jvm/java-17-openjdk-amd64/bin/java", "java -Xmx1g -jar /srv/app/service.jar")
            : Noise.Pick<(string, string, string)>(s.Seed, 0, Channel.Kind, Programs);
        double busy = cores * 0.995, held = s.HeldSince(from);
        if (held < s.End) busy = (busy * (held - from) + s.Restraint!.CpuPercent / 100.0 * (s.End - held)) / (s.End - from);
        guest.Run(comm, exe, args, from, busy, threads: cores > 1 ? 24 + cores : 1, rssMegabytes: 160);
        guest.SystemShare = 0.02;
    }

    private int Cores(SimulatedVm vm) => allCores ? vm.Vcpus : 1;
}
