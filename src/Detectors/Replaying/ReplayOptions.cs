using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Replaying;

/// <summary>How a recording is replayed.</summary>
public sealed record ReplayOptions
{
    /// <summary>The stages' and detectors' settings.</summary>
    public DetectorOptions Detectors { get; init; } = new();
    /// <summary>Whether the worker's cadences and CloudWatch's publication delay hold; otherwise every VM is screened each period, at its end.</summary>
    public bool AsWorker { get; init; }
    /// <summary>Publication delay under <see cref="AsWorker"/>, minutes.</summary>
    public double DelayMinutes { get; init; } = 5;
    /// <summary>Screen cadence for VMs that are young, hot or under an open episode, minutes.</summary>
    public double HotCadenceMinutes { get; init; } = 5;
    /// <summary>Screen cadence for the rest, minutes.</summary>
    public double QuietCadenceMinutes { get; init; } = 15;
    /// <summary>Hours after launch in which a VM counts as young.</summary>
    public double YoungHours { get; init; } = 24;
    /// <summary>Whether idleness is judged too.</summary>
    public bool Idle { get; init; } = true;
}
