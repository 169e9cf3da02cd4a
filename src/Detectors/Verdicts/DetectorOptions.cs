using Watchdog.Detectors.Abuse;
using Watchdog.Detectors.Health;
using Watchdog.Detectors.Idle;
using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detectors.Verdicts;

/// <summary>The settings of all stages and detectors.</summary>
public sealed record DetectorOptions
{
    /// <summary>The screen.</summary>
    public ScreenOptions Screen { get; init; } = new();
    /// <summary>Triage.</summary>
    public TriageOptions Triage { get; init; } = new();
    /// <summary>Mining.</summary>
    public MinerOptions Miner { get; init; } = new();
    /// <summary>Runaway CPU.</summary>
    public RunawayOptions Runaway { get; init; } = new();
    /// <summary>Fork bombs.</summary>
    public ForkBombOptions ForkBomb { get; init; } = new();
    /// <summary>Dead VMs.</summary>
    public DeadVmOptions DeadVm { get; init; } = new();
    /// <summary>Idleness.</summary>
    public IdleOptions Idle { get; init; } = new();
}
