namespace Watchdog.Detectors.Facts;

/// <summary>
/// What triage reads once for a suspicious plateau: up to 48 hours of metrics that share one grid (same start, same period).
/// A metric that was not asked for or has no data is an empty window or one of NaN only: absent, which neither explains nor exculpates.
/// </summary>
public readonly ref struct ContextWindows
{
    /// <summary>CPUUtilization, percent.</summary>
    public MetricWindow Cpu { get; init; }
    /// <summary>NetworkIn, bytes a period.</summary>
    public MetricWindow NetworkIn { get; init; }
    /// <summary>NetworkOut, bytes a period.</summary>
    public MetricWindow NetworkOut { get; init; }
    /// <summary>Disk or EBS read operations a period.</summary>
    public MetricWindow DiskReads { get; init; }
    /// <summary>Disk or EBS write operations a period.</summary>
    public MetricWindow DiskWrites { get; init; }
    /// <summary>CPUCreditBalance; absent where the type has no credits.</summary>
    public MetricWindow Credits { get; init; }
    /// <summary>CPUSurplusCreditBalance; absent where the type has no credits.</summary>
    public MetricWindow Surplus { get; init; }
}
