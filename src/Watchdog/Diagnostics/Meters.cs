using System.Diagnostics.Metrics;

namespace Watchdog.Diagnostics;

/// <summary>
/// The process's meter <c>Watchdog</c>: what is on it is exported, by <c>/metrics</c> and by OTLP. Counters and histograms are static, like spans, so
/// that the code which knows a number feeds it in one line; they lie in <c>Diagnostics/Instruments</c>, a file a subject. A gauge that is read from a
/// container's services is registered on <c>IMeterFactory.Create(Meters.Name)</c>, which dies with its container. Names are OpenTelemetry's
/// (<c>watchdog.sweep.duration</c>, unit <c>s</c>); the exporter makes Prometheus's of them. No tag holds an id: each has few values, known beforehand.
/// </summary>
public static class Meters
{
    /// <summary>The meter's name, by which a listener finds it.</summary>
    public const string Name = "Watchdog";

    /// <summary>Bucket bounds in seconds for work that takes from a hundredth of a second to minutes.</summary>
    internal static readonly double[] WorkSeconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 120];

    internal static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Jobs = Meter.CreateHistogram<double>(
        "watchdog.job.duration", "s", "Run time of a scheduled job, by kind and outcome (done, failed, fenced, cancelled, database_away).",
        advice: new() { HistogramBucketBoundaries = WorkSeconds });

    /// <summary>Notes one run of a scheduled job.</summary>
    /// <param name="kind">Inventory, Shard, Actuator or Audit.</param>
    /// <param name="outcome">One of the words in the instrument's description.</param>
    /// <param name="elapsed">Wall time it took.</param>
    public static void JobRan(string kind, string outcome, TimeSpan elapsed) =>
        Jobs.Record(elapsed.TotalSeconds, new("kind", kind), new KeyValuePair<string, object?>("outcome", outcome));
}
