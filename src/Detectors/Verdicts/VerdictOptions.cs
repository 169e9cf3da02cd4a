namespace Watchdog.Detectors.Verdicts;

/// <summary>The thresholds of a verdict.</summary>
public sealed record VerdictOptions
{
    /// <summary>Probability from which evidence of two families confirms. 0.5 to 1.</summary>
    public double Confirm { get; init; } = 0.9;
    /// <summary>Probability from which there is a suspicion. 0 to <see cref="Confirm"/>.</summary>
    public double Suspect { get; init; } = 0.15;
    /// <summary>Log-odds that a family must bring to count, natural.</summary>
    public double LeastFamilyWeight { get; init; } = 1;
}
