using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Watchdog.Diagnostics.Instruments;

/// <summary>One run of a loop: its trace, its time, what it dealt with, and when it last succeeded. Dispose it at the run's end.</summary>
public sealed class SweepRun : IDisposable
{
    private static readonly Histogram<double> Duration = Meters.Meter.CreateHistogram<double>(
        "watchdog.sweep.duration", "s", "Run time of a sweep that took place, by sweep.", advice: new() { HistogramBucketBoundaries = Meters.WorkSeconds });
    private static readonly Gauge<double> LastSuccess = Meters.Meter.CreateGauge<double>(
        "watchdog.sweep.last_success.timestamp", "s", "When this process last ended a sweep without a failure, by sweep; wall time.");
    private static readonly Counter<long> Items = Meters.Meter.CreateCounter<long>(
        "watchdog.sweep.items", null, "What sweeps dealt with, by sweep and outcome.");

    private readonly KeyValuePair<string, object?> sweep;
    private readonly TimeProvider wall;
    private readonly long start;
    private readonly Activity? around = Activity.Current;
    private readonly Activity? span;

    private SweepRun(string name, TimeProvider wall)
    {
        (sweep, this.wall, start) = (new("sweep", name), wall, wall.GetTimestamp());
        span = Spans.Root($"sweep {name}");
    }

    /// <summary>Begins a run, and with it a trace of its own.</summary>
    /// <param name="sweep">The loop: <c>inventory</c>, <c>status</c>, <c>shards</c>, <c>acts</c>, <c>seal</c>; a room's own for others.</param>
    public static SweepRun Begin(string sweep, Clocks clocks) => new(sweep, clocks.Wall);

    /// <summary>Counts items.</summary>
    /// <param name="outcome">What became of them: <c>judged</c>, <c>unknown</c>, <c>done</c> ...</param>
    public void Count(string outcome, long items) => Items.Add(items, sweep, new("outcome", outcome));

    /// <summary>Notes that it did what it is for.</summary>
    public void Succeeded() => LastSuccess.Record(wall.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, sweep);

    /// <summary>Notes how it ended.</summary>
    /// <param name="why">Why it did not succeed, for its span; the log tells it too.</param>
    public void Ended(bool succeeded, string? why)
    {
        if (succeeded)
        {
            Succeeded();
        }
        else
        {
            span?.SetStatus(ActivityStatusCode.Error, why);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Duration.Record(wall.GetElapsedTime(start).TotalSeconds, sweep);
        if (span is not null)
        {
            span.Dispose();
            Activity.Current = around;
        }
    }
}
