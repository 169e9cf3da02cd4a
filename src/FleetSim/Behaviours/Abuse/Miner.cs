using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>Mines RandomX: CPU without I/O, one quiet connection, memory in huge pages.</summary>
internal abstract class Miner(Scripted under) : Overlay(under)
{
    // A contained miner keeps asking for its pool: a percent or two.
    private const double RetryPercent = 1.5;

    public override string Label => "miner";

    /// <summary>Percent of all vCPUs that mining holds over the stretch.</summary>
    protected abstract double LevelOf(in Scene s, double from);

    /// <summary>The mean of that level from the start of mining to an instant.</summary>
    protected abstract double MeanLevel(in Scene s, double from, double to);

    /// <summary>How the miner shows among the processes.</summary>
    protected virtual Disguise DisguiseOf(SimulatedVm vm) => Disguise.None(vm);

    protected override Demand Lay(in Scene s, in Demand usual, double from)
    {
        double level = s.Isolated ? RetryPercent : LevelOf(s, from), cores = level / 100 * s.Vm.Vcpus;
        // 6 to 18 bytes a core-second each way: the traffic of shares and jobs; logging trebles a quiet VM's writes.
        double bytes = cores * Noise.Between(s.Seed, s.Tick, Channel.Rate, 6, 18);
        double total = s.Isolated ? usual.Cpu + level : Math.Max(usual.Cpu, level);
        return usual with { Cpu = total, In = usual.In + bytes * 0.8, Out = usual.Out + bytes, Writes = usual.Writes + 0.5 * level / 100 };
    }

    protected override void Intrude(in Scene s, GuestDraft guest, double from)
    {
        double worked = Math.Max(from, Math.Min(s.End, s.CutAt)), age = Math.Max(1, s.End - from);
        double coreSeconds = s.Vm.Vcpus / 100.0 * (MeanLevel(s, from, worked) * (worked - from) + RetryPercent * (s.End - worked));
        Disguise d = DisguiseOf(s.Vm);
        int pid = guest.Run(d.Comm, d.Exe, d.Args, from, coreSeconds / age, threads: s.Vm.Vcpus + 4, rssMegabytes: 2_380, deleted: d.Deleted, cwd: d.Cwd);
        guest.HugePages = d.HugePages ? 1168 : 0;
        guest.MsrLoaded = d.HugePages && (s.Seed & 1) == 0;
        guest.SystemShare = 0.012;
        if (!s.Isolated) guest.Dial(pid, guest.Address("203.0.113", Channel.Peer, -1), d.Port, from + 3);
    }

    /// <summary>The level of a miner that takes all it can get: 92 to 95 % in its first five minutes, then 97.3 to 100 %.</summary>
    protected static double Flat(in Scene s, double from) => s.Start < from + Scene.Period / 2
        ? Noise.Between(s.Seed, s.Tick, Channel.Level, 92, 95)
        : 100 - 2.7 * Math.Pow(Noise.Unit(s.Seed, s.Tick, Channel.Level), 4);
}
