namespace Watchdog.Detectors.Findings;

/// <summary>Hysteresis of a class's episodes.</summary>
public sealed record EpisodeOptions
{
    /// <summary>Suspicious findings among the last <see cref="OpenOf"/> judged ones that open an episode. 1 to 8. A confirmed finding opens at once.</summary>
    public int OpenAt { get; init; } = 2;
    /// <summary>Judged findings looked back at. <see cref="OpenAt"/> to 8.</summary>
    public int OpenOf { get; init; } = 3;
    /// <summary>Minutes of clear findings that close an episode; twelve samples of 300 s are an hour.</summary>
    public double CloseMinutes { get; init; } = 60;
    /// <summary>Most minutes that one clear finding stands for: a gap between findings is not health.</summary>
    public double ClearStandsForMinutes { get; init; } = 15;
    /// <summary>Hours after a close in which a mere suspicion does not open the class again.</summary>
    public double QuietHours { get; init; } = 12;

    /// <summary>Status checks have their own patience: the first suspicious finding opens.</summary>
    public static readonly EpisodeOptions AtOnce = new() { OpenAt = 1, OpenOf = 1 };

    /// <summary>The default for a class.</summary>
    public static EpisodeOptions For(FindingClass @class) => @class switch
    {
        FindingClass.Panic or FindingClass.HostFault or FindingClass.ForkBomb => AtOnce,
        FindingClass.Idle => new() { QuietHours = 0, CloseMinutes = 10 },
        _ => new(),
    };
}
