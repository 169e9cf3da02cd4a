using System.Diagnostics.Metrics;

namespace Watchdog.Diagnostics.Instruments;

/// <summary>What was found, what was done about it, and what people said. Acts and rulings count when they are written: a transaction that is rolled back counts too.</summary>
public static class CaseMeters
{
    private static readonly Counter<long> Detections = Meters.Meter.CreateCounter<long>(
        "watchdog.detections", null, "Episodes that opened as a suspicion or became confirmed, by rule (the class) and severity (suspicion, confirmed).");
    private static readonly Histogram<double> Delay = Meters.Meter.CreateHistogram<double>(
        "watchdog.detection.delay", "s", "Fleet time from the onset of a behaviour, by the data, to its confirmation.",
        advice: new() { HistogramBucketBoundaries = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400] });
    private static readonly Counter<long> Acts = Meters.Meter.CreateCounter<long>(
        "watchdog.actions", null, "Acts by kind and the state that they came to; dry_run where the mode only observes.");
    private static readonly Histogram<double> Review = Meters.Meter.CreateHistogram<double>(
        "watchdog.case.review.duration", "s", "Fleet time from the opening of a case to a ruling on it, by ruling.",
        advice: new() { HistogramBucketBoundaries = [60, 300, 900, 1800, 3600, 14400, 28800, 86400, 259200, 604800] });

    /// <summary>An episode opened as a suspicion.</summary>
    public static void Suspected(string rule) => Detections.Add(1, new("rule", rule), new KeyValuePair<string, object?>("severity", "suspicion"));

    /// <summary>An episode's evidence became enough for an act.</summary>
    public static void Confirmed(string rule, TimeSpan sinceOnset)
    {
        Detections.Add(1, new("rule", rule), new KeyValuePair<string, object?>("severity", "confirmed"));
        Delay.Record(Math.Max(0, sinceOnset.TotalSeconds));
    }

    /// <summary>An act came to a state.</summary>
    /// <param name="action">Its kind: <c>quarantine</c>, <c>stop</c> ...</param>
    /// <param name="outcome">The state: <c>proposed</c>, <c>verified</c>, <c>failed</c> ...</param>
    public static void Acted(string action, string outcome, bool dryRun) =>
        Acts.Add(1, new("action", action), new("outcome", outcome), new KeyValuePair<string, object?>("dry_run", dryRun));

    /// <summary>A person ruled on a case.</summary>
    public static void Ruled(string ruling, TimeSpan sinceOpening) =>
        Review.Record(Math.Max(0, sinceOpening.TotalSeconds), new KeyValuePair<string, object?>("outcome", ruling));
}
