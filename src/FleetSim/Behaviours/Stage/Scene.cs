using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>A VM over a stretch of time that ends at the instant asked for; all instants in seconds since 1970 (UTC).</summary>
/// <param name="Vm">The VM.</param>
/// <param name="Start">Start of the stretch.</param>
/// <param name="End">End of the stretch, exclusive: the instant asked for.</param>
/// <param name="Booted">When the VM last entered <c>running</c>.</param>
/// <param name="CutAt">Since when its flows to the outside are cut; +infinity where they are not.</param>
internal readonly record struct Scene(SimulatedVm Vm, double Start, double End, double Booted, double CutAt)
{
    /// <summary>CloudWatch's basic period.</summary>
    public const double Period = 300;

    /// <summary>From power-on to a started user space.</summary>
    public const double BootSeconds = 120;

    public static Scene Of(in VmMoment at, double seconds)
    {
        double end = Seconds(at.At);
        double cut = at.Isolated ? Seconds(at.IsolatedSince ?? at.At) : double.PositiveInfinity;
        return new(at.Vm, end - seconds, end, Seconds(at.RunningSince), cut) { Restraint = at.Restraint };
    }

    /// <summary>What is restrained inside; null when nothing is.</summary>
    public Restraint? Restraint { get; init; }

    public ulong Seed => Vm.Seed;

    public bool Isolated => End >= CutAt;

    /// <summary>The 300 s period that the stretch's middle lies in: the index of its noise.</summary>
    public long Tick => (long)Math.Floor((Start + End) / 2 / Period);

    public double Uptime => Math.Max(0, End - Booted);

    /// <summary>The first instant at which user processes run in this boot.</summary>
    public double Ready => Booted + BootSeconds;

    /// <summary>Which share of the stretch lies in [from, to): 0 to 1.</summary>
    public double Share(double from, double to) =>
        Math.Clamp((Math.Min(End, to) - Math.Max(Start, from)) / (End - Start), 0, 1);

    /// <summary>The start of a process in clock ticks since boot.</summary>
    public long TicksOf(double since) => 1 + (long)((Math.Max(since, Booted) - Booted) * 100);

    /// <summary>Since when the process that began at the instant is restrained; +infinity when it is not.</summary>
    public double HeldSince(double from) =>
        Restraint is { } held && held.StartTicks == TicksOf(from) ? Seconds(held.Since) : double.PositiveInfinity;

    /// <summary>The same instant seen over another length.</summary>
    public Scene Over(double seconds) => this with { Start = End - seconds };

    public static double Seconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    public static DateTimeOffset Instant(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(Math.Round(seconds));
}
