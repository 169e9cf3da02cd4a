using System.Diagnostics.Metrics;

namespace Watchdog.Diagnostics;

/// <summary>The process's instruments, all under the meter <c>Watchdog</c>.</summary>
public sealed class Meters
{
    /// <summary>The meter's name, by which a listener finds it.</summary>
    public const string Name = "Watchdog";

    private readonly Histogram<double> jobDuration;

    /// <summary>Makes the instruments.</summary>
    public Meters(IMeterFactory factory)
    {
        var meter = factory.Create(Name);
        jobDuration = meter.CreateHistogram<double>(
            "watchdog.job.duration", "s", "Run time of a scheduled job, by kind and outcome (done, failed, fenced, cancelled, database_away).",
            advice: new() { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 120] });
    }

    /// <summary>Notes one run of a scheduled job.</summary>
    /// <param name="kind">Inventory, Shard or Actuator.</param>
    /// <param name="outcome">One of the words in the instrument's description.</param>
    /// <param name="elapsed">Wall time it took.</param>
    public void JobRan(string kind, string outcome, TimeSpan elapsed) =>
        jobDuration.Record(elapsed.TotalSeconds, new("kind", kind), new KeyValuePair<string, object?>("outcome", outcome));
}
