namespace Watchdog.Detectors.Screening;

/// <summary>Triage's settings: when I/O explains a plateau of CPU.</summary>
public sealed record TriageOptions
{
    /// <summary>Added network bytes per added core-second from which traffic explains the CPU. Miners and spins: 0 to 100; benign plateaus from 170 (p5) upwards.</summary>
    public double NetworkPerCoreSecond { get; init; } = 150;
    /// <summary>Added network bytes a 300 s period under which traffic never explains: noise over a small denominator hides a miner on one or two vCPUs.</summary>
    public double NetworkFloorBytes { get; init; } = 60_000;
    /// <summary>Added disk operations per added core-second from which disk work explains the CPU.</summary>
    public double DiskPerCoreSecond { get; init; } = 1.0;
    /// <summary>Added disk operations a 300 s period under which disk never explains (a miner's log triples 88 operations).</summary>
    public double DiskFloorOps { get; init; } = 600;
    /// <summary>Known points of a context metric, before and in the plateau each, under which it counts as absent.</summary>
    public int LeastPoints { get; init; } = 3;
}
