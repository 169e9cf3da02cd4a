namespace Watchdog.Detectors.Screening;

/// <summary>Triage's settings: when I/O explains a plateau of CPU. Bytes and operations are per 300 s and scaled to other periods.</summary>
public sealed record TriageOptions
{
    /// <summary>Added network bytes per added core-second from which traffic explains the CPU. Miners and spins: 0 to 100; benign plateaus from 170 (p5) upwards.</summary>
    public double NetworkPerCoreSecond { get; init; } = 150;
    /// <summary>The same where the VM has no before, so that all its traffic counts as added.</summary>
    public double ColdNetworkPerCoreSecond { get; init; } = 3000;
    /// <summary>Added network bytes under which the ratio never explains: noise over a small denominator hides a miner on one or two vCPUs.</summary>
    public double NetworkFloorBytes { get; init; } = 60_000;
    /// <summary>Median CPU before from which the VM's own price of a byte or an operation is asked, percent: with a load of its own, traffic that rises with the day must not hide a miner.</summary>
    public float PricedFromPercent { get; init; } = 2;
    /// <summary>Share of the added CPU that the added work must account for at that price. 0.1 to 0.8.</summary>
    public double PricedShare { get; init; } = 0.3;
    /// <summary>Bytes in or out beyond what the VM usually has that explain by themselves: a miner's shares take a few kB, whatever its cores.</summary>
    public double NovelTrafficBytes { get; init; } = 40_000;
    /// <summary>Bytes by which traffic must fall with the plateau to show that the VM went over to other work.</summary>
    public double FallenTrafficBytes { get; init; } = 30_000;
    /// <summary>Share of the usual by which it must fall. 0.05 to 0.5.</summary>
    public double FallenTrafficShare { get; init; } = 0.1;
    /// <summary>Added disk operations per added core-second from which disk work explains the CPU.</summary>
    public double DiskPerCoreSecond { get; init; } = 1.0;
    /// <summary>The same where the VM has no before.</summary>
    public double ColdDiskPerCoreSecond { get; init; } = 20;
    /// <summary>Added disk operations under which disk never explains (a miner's log triples 88 operations).</summary>
    public double DiskFloorOps { get; init; } = 600;
    /// <summary>Known points of a context metric, before and in the plateau each, under which it counts as absent.</summary>
    public int LeastPoints { get; init; } = 3;
    /// <summary>Points above the 95th percentile of the hours before from which the level is new, percent points.</summary>
    public float NoveltyPoints { get; init; } = 8;
    /// <summary>Known hours before the plateau from which they are a measure. 3 to 24.</summary>
    public double LeastHoursBefore { get; init; } = 8;
    /// <summary>Hours of baseline under which the hours before the plateau must be known for a judgement on an old VM.</summary>
    public int LeastHistoryHours { get; init; } = 12;
    /// <summary>Hours since launch under which a VM is young: that it has no before is natural.</summary>
    public double YoungHours { get; init; } = 24;
    /// <summary>Added network bytes per added core-second, up or down, under which a rise in whole cores looks like a spin rather than a miner.</summary>
    public double RunawayBytesPerCoreSecond { get; init; } = 10;
    /// <summary>Hours over which bursts are gathered for the slow path.</summary>
    public double SlowHours { get; init; } = 24;
}
