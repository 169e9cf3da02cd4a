using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Idle;

/// <summary>The idle detector's settings.</summary>
public sealed record IdleOptions
{
    /// <summary>95th percentile of the last hour's CPU under which a VM may be idle, percent. 1 to 20.</summary>
    public float CpuPercent { get; init; } = 5;
    /// <summary>NetworkIn + NetworkOut of one period under which a VM may be idle, bytes per 300 s. 0.1 to 10 MB.</summary>
    public float NetworkBytes { get; init; } = 1_000_000;
    /// <summary>Minutes after launch that never count as idle. 15 to 240.</summary>
    public double BootGraceMinutes { get; init; } = 90;
    /// <summary>Cores over its lifetime from which a process shows use.</summary>
    public double BusyCores { get; init; } = 0.1;
    /// <summary>Thresholds of the verdict.</summary>
    public VerdictOptions Verdict { get; init; } = new();
}
