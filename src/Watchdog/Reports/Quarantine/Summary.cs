using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>What the cases of a span come to; counted in the database, which keeps it small however many they are.</summary>
/// <param name="All">All classes together.</param>
/// <param name="Classes">By class, in alphabetical order.</param>
/// <param name="Refused">Acts that were refused.</param>
/// <param name="Refusals">Why, the most frequent first; at most five.</param>
/// <param name="Exposed">Interfaces that stood open between two groups.</param>
/// <param name="Detectors">How often each detector was right, by the rulings of <see cref="DetectorPrecision.Window"/>: a span's own cases are often too few, or not ruled yet.</param>
public sealed record Summary(
    ClassSummary All, IReadOnlyList<ClassSummary> Classes, int Refused, IReadOnlyList<(string Why, int Acts)> Refusals, Exposures Exposed, IReadOnlyList<DetectorPrecision> Detectors)
{
    /// <summary>Cases in all.</summary>
    public int Cases => All.Cases;

    /// <summary>Cases whose acts were undone.</summary>
    public int Releases => All.Count(CaseOutcome.Released);

    /// <summary>What became of any of them, in the outcomes' order.</summary>
    public IReadOnlyList<CaseOutcome> Outcomes => [.. Enum.GetValues<CaseOutcome>().Where(outcome => All.Count(outcome) > 0)];
}

/// <summary>What the cases of one class come to.</summary>
/// <param name="Class">The class's name; <c>all</c> for all together.</param>
/// <param name="Outcomes">Cases by outcome, without those that no case has.</param>
/// <param name="Detection">Minutes from the onset to the opening.</param>
/// <param name="Containment">Minutes from the onset to the last accepted call.</param>
/// <param name="Verification">Minutes from the onset to the proof.</param>
/// <param name="Ruling">Minutes from the opening to the first ruling.</param>
/// <param name="Ruled">Cases that somebody ruled on.</param>
/// <param name="Precision">By these cases' latest rulings.</param>
public sealed record ClassSummary(
    string Class, int Cases, IReadOnlyDictionary<CaseOutcome, int> Outcomes, Spread Detection, Spread Containment, Spread Verification, Spread Ruling, int Ruled, Precision Precision)
{
    /// <summary>Cases with an outcome.</summary>
    public int Count(CaseOutcome outcome) => Outcomes.GetValueOrDefault(outcome);
}

/// <summary>How minutes are spread.</summary>
/// <param name="Count">How many are known.</param>
/// <param name="Median">NaN without any.</param>
/// <param name="P90">The least that nine tenths do not exceed; NaN without any.</param>
public readonly record struct Spread(int Count, double Median, double P90);

/// <summary>Interfaces that stood open between two groups.</summary>
/// <param name="Interfaces">How many.</param>
/// <param name="StillOpen">Of them, those of which no cover is recorded.</param>
/// <param name="Seconds">Of all that ended.</param>
/// <param name="Longest">Seconds of the longest that ended.</param>
public sealed record Exposures(int Interfaces, int StillOpen, double Seconds, double Longest);
