using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Health;

/// <summary>The dead-VM detector's settings.</summary>
public sealed record DeadVmOptions
{
    /// <summary>Minutes after launch in which a failing check is the boot's. 5 to 60.</summary>
    public double BootGraceMinutes { get; init; } = 15;
    /// <summary>Minutes of a failing instance check that count together with a collapsed NetworkOut; AWS's blips last 5 to 10. 5 to 30.</summary>
    public double ImpairedMinutes { get; init; } = 10;
    /// <summary>Minutes of a failing instance check that count alone. 10 to 60.</summary>
    public double ImpairedLongMinutes { get; init; } = 15;
    /// <summary>Minutes of a failing system check before the host is called faulty. 2 to 30.</summary>
    public double SystemMinutes { get; init; } = 5;
    /// <summary>NetworkOut against usual under which it has collapsed.</summary>
    public double CollapseRatio { get; init; } = 0.25;
    /// <summary>NetworkOut under which a VM is silent, bytes per 300 s; one that usually sends less has nothing to lose.</summary>
    public double SilentBytes { get; init; } = 2500;
    /// <summary>Hours for which console text is fresh. 1 to 48.</summary>
    public double ConsoleHours { get; init; } = 2;
    /// <summary>Thresholds of the verdict.</summary>
    public VerdictOptions Verdict { get; init; } = new();
}
