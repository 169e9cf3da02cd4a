using System.Text.Json;
using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>The sums as JSON, as the report's document and the daily message have them; docs/reports.md is the contract.</summary>
public static class SummaryJson
{
    /// <summary>Writes them.</summary>
    public static JsonElement Of(Summary of) => JsonSerializer.SerializeToElement(new
    {
        of.Cases, of.Releases,
        Refusals = new { Acts = of.Refused, Reasons = of.Refusals.Select(r => new { r.Why, r.Acts }) },
        Exposures = new { of.Exposed.Interfaces, of.Exposed.Seconds, of.Exposed.Longest, StillOpen = of.Exposed.StillOpen },
        All = ClassShape(of.All),
        Classes = of.Classes.Select(ClassShape),
        Detectors = of.Detectors.Select(d => new { d.Class, Precision = PrecisionShape(d.Precision), Days = d.Window.TotalDays, d.Demoted }),
    }, JsonForm.Shape);

    private static object ClassShape(ClassSummary c) => new
    {
        c.Class, c.Cases,
        Outcomes = Enum.GetValues<CaseOutcome>().Where(o => c.Count(o) > 0).ToDictionary(CaseOutcomes.NameOf, c.Count),
        MinutesToDetection = SpreadShape(c.Detection), MinutesToContainment = SpreadShape(c.Containment),
        MinutesToVerification = SpreadShape(c.Verification), MinutesToRuling = SpreadShape(c.Ruling),
        c.Ruled, Precision = PrecisionShape(c.Precision),
    };

    private static object PrecisionShape(Precision of) => new { of.Right, of.Wrong, Share = Known(of.Share), of.Low, of.High };

    private static object SpreadShape(Spread of) => new { of.Count, Median = Known(of.Median), P90 = Known(of.P90) };

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
