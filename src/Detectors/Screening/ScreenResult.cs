using static System.FormattableString;

namespace Watchdog.Detectors.Screening;

/// <summary>What the cheap look says.</summary>
public enum ScreenOutcome
{
    /// <summary>No CPU point of the last half hour is known: neither quiet nor hot.</summary>
    CannotTell,
    /// <summary>Nothing new for this VM.</summary>
    Quiet,
    /// <summary>High lately, not long enough to be suspicious: watch more often.</summary>
    Hot,
    /// <summary>A plateau that is new for this VM: triage.</summary>
    Novel,
    /// <summary>No history and half an hour at a hot level, or at one that is new for VMs of its type and image: triage and inspection at once.</summary>
    ColdHot,
    /// <summary>More CPU over the last day than the days before, in pieces or at a low level: triage.</summary>
    SlowNovel,
}

/// <summary>The screen's answer; holds numbers only, so that a quiet VM allocates nothing.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="Onset">Start of the stretch that is new or hot; null unless <see cref="Suspicious"/> or hot.</param>
/// <param name="Level">Median CPU of the newest points looked at, percent; NaN when none is known.</param>
/// <param name="Usual">The VM's usual upper level, percent; NaN without history.</param>
/// <param name="KnownPoints">Known points looked at.</param>
/// <param name="HighPoints">Of them, high ones.</param>
/// <param name="HistoryHours">Hours of history behind <paramref name="Usual"/>.</param>
public readonly record struct ScreenResult(ScreenOutcome Outcome, DateTimeOffset? Onset, float Level, float Usual,
    int KnownPoints, int HighPoints, int HistoryHours)
{
    /// <summary>The cohort above whose usual level the VM lies; null where no cohort decided.</summary>
    public Cohort? Cohort { get; init; }

    /// <summary>Whether triage should look.</summary>
    public bool Suspicious => Outcome is ScreenOutcome.Novel or ScreenOutcome.ColdHot or ScreenOutcome.SlowNovel;

    /// <summary>Writes the reason: one sentence with its numbers.</summary>
    public string Reason() => Outcome switch
    {
        ScreenOutcome.CannotTell => "No CPU point of the last half hour is known.",
        ScreenOutcome.Quiet => float.IsNaN(Usual)
            ? Invariant($"CPU at {Level:0.#} % is low; {HistoryHours} h of history are too few for a usual level.")
            : Invariant($"CPU at {Level:0.#} % is not above the usual {Usual:0.#} % for long."),
        ScreenOutcome.Hot => Invariant($"CPU at {Level:0.#} % is high in {HighPoints} of the last {KnownPoints} points, not yet long enough to tell."),
        ScreenOutcome.Novel => Invariant($"CPU at {Level:0.#} % since {Onset:yyyy-MM-dd HH:mm} UTC, in {HighPoints} of the last {KnownPoints} points above what is usual for this VM ({Usual:0.#} %, {HistoryHours} h of history)."),
        ScreenOutcome.ColdHot when Cohort is not null => Invariant($"CPU at {Level:0.#} % in {HighPoints} of the last {KnownPoints} points, with {HistoryHours} h of history; {Cohort}."),
        ScreenOutcome.ColdHot => Invariant($"CPU at {Level:0.#} % in {HighPoints} of the last {KnownPoints} points, and only {HistoryHours} h of history to compare with."),
        ScreenOutcome.SlowNovel => Invariant($"CPU is at {Level:0.#} % in {HighPoints} of the last {KnownPoints} points, in all more than the hours before had; up to {Usual:0.#} % was usual ({HistoryHours} h of history)."),
        _ => throw new InvalidOperationException("Unknown outcome"),
    };
}
