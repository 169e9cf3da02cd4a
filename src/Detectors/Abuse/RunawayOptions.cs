using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Abuse;

/// <summary>The runaway detector's settings.</summary>
public sealed record RunawayOptions
{
    /// <summary>Seconds of age from which a process can be a runaway. 600 to 86400. Shorter catches more long jobs that would end.</summary>
    public double OldSeconds { get; init; } = 1800;
    /// <summary>Distance of the lifetime share from whole cores, as a share of them. 0.02 to 0.2.</summary>
    public double WholeTolerance { get; init; } = 0.12;
    /// <summary>Of what a process takes between two looks, its share over its life under which it rested before and turned. 0.1 to 0.8. Higher takes long jobs that began slowly for runaways.</summary>
    public double RestedShare { get; init; } = 0.5;
    /// <summary>CPU percent that the hypervisor must show of what the process claims. 0.3 to 1.</summary>
    public double AgreeingShare { get; init; } = 0.7;
    /// <summary>Thresholds of the verdict.</summary>
    public VerdictOptions Verdict { get; init; } = new();
}
