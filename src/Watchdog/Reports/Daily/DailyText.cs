using Watchdog.Alerts.Notifications;
using Watchdog.Ledger;
using Watchdog.Reports.Pages;
using Watchdog.Reports.Quarantine;

namespace Watchdog.Reports.Daily;

/// <summary>A day's sums as people are told them: a few lines with the figures, and where the whole report is. Pure.</summary>
public static class DailyText
{
    /// <summary>Writes it.</summary>
    /// <param name="link">The report's page; null where none is configured.</param>
    public static Bulletin Of(DateOnly day, Summary of, DateTimeOffset at, string? link) => new(
        $"report_{DayEndpoint.Written(day)}", "report.daily", at, $"Quarantine report of {DayEndpoint.Written(day)}: {(of.Cases == 0 ? "no case" : $"{Cases(of.Cases)}, {Outcomes(of.All)}")}",
        [.. Lines(of, at)], link, SummaryJson.Of(of));

    private static IEnumerable<string> Lines(Summary of, DateTimeOffset at)
    {
        yield return $"Cases opened on that UTC day, as of {Say.Minute(at)}.";
        if (of.Cases == 0)
        {
            yield return "No case was opened.";
        }

        foreach (var one in of.Classes)
        {
            yield return $"{one.Class}: {Cases(one.Cases)} ({Outcomes(one)}), {(one.Ruled == 0 ? "none ruled" : Invariant($"{one.Ruled} ruled, of which {Words(one.Precision)}"))}";
        }

        if (of.Cases > 0)
        {
            yield return $"Minutes, median / 90th percentile (cases): from the onset to detection {Words(of.All.Detection)}, to containment {Words(of.All.Containment)}, "
                + $"to verification {Words(of.All.Verification)}; from the opening to the first ruling {Words(of.All.Ruling)}.";
        }

        if (of.Exposed.StillOpen > 0)
        {
            yield return Invariant($"{of.Exposed.StillOpen} network interfaces stood open between two groups, and no cover is recorded.");
        }

        if (of.Refused > 0)
        {
            yield return Invariant($"Acts refused: {of.Refused}.");
        }

        foreach (var detector in of.Detectors)
        {
            yield return Invariant($"Precision of {detector.Class} over {detector.Window.TotalDays:0.#} days: {Words(detector.Precision)}{(detector.Demoted ? "; it only proposes" : "")}");
        }
    }

    private static string Outcomes(ClassSummary of) => string.Join(", ", of.Outcomes.OrderBy(one => one.Key)
        .Select(one => Invariant($"{one.Value} {(one.Key == CaseOutcome.Nothing ? "without an act" : CaseOutcomes.NameOf(one.Key))}")));

    private static string Cases(int count) => count == 1 ? "1 case" : Invariant($"{count} cases");

    private static string Words(Spread of) => of.Count == 0 ? "unknown" : Invariant($"{of.Median:0.0} / {of.P90:0.0} ({of.Count})");

    private static string Words(Precision of) => double.IsNaN(of.Share) ? "none says right or wrong"
        : Invariant($"{of.Right} of {of.Right + of.Wrong} right: {of.Share:0.00} ({of.Low:0.00} to {of.High:0.00})");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
