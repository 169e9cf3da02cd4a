using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Mining;

/// <summary>The miner detector's settings.</summary>
public sealed record MinerOptions
{
    /// <summary>CPU percent that the hypervisor must show before guest text is believed. 5 to 50. Lower believes forged text on idle VMs.</summary>
    public float AgreeingCpuPercent { get; init; } = 15;
    /// <summary>Seconds of age from which a process's lifetime share speaks. 600 to 7200.</summary>
    public double OldSeconds { get; init; } = 1800;
    /// <summary>Lifetime share of its threads (at most the vCPUs) from which an old process is saturated. 0.3 to 1.</summary>
    public double SaturatedShare { get; init; } = 0.9;
    /// <summary>Huge pages of 2 MB from which RandomX's dataset is likely; it needs 1,168.</summary>
    public int RandomXHugePages { get; init; } = 1168;
    /// <summary>Seconds of age from which an outbound connection is long-lived.</summary>
    public double LongConnectionSeconds { get; init; } = 600;
    /// <summary>Thresholds of the verdict.</summary>
    public VerdictOptions Verdict { get; init; } = new();
}
