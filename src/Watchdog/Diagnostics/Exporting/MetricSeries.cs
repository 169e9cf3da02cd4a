namespace Watchdog.Diagnostics.Exporting;

/// <summary>One series: the value, or the buckets, of one set of labels. Every change and read is under its lock.</summary>
/// <param name="labels">As written between the braces; empty for none.</param>
/// <param name="bounds">A histogram's upper bounds; null for the others.</param>
internal sealed class MetricSeries(string labels, double[]? bounds)
{
    private readonly Lock gate = new();
    private readonly long[]? counts = bounds is null ? null : new long[bounds.Length + 1];
    private double value;

    public string Labels => labels;

    /// <summary>The collection in which it was last told, for instruments that are asked.</summary>
    public int Generation { get; set; }

    public void Add(double amount)
    {
        lock (gate)
        {
            value += amount;
        }
    }

    public void Set(double now)
    {
        lock (gate)
        {
            value = now;
        }
    }

    public void Observe(double amount)
    {
        var bucket = Array.BinarySearch(bounds!, amount);
        lock (gate)
        {
            // A bound belongs to its own bucket: le means less or equal.
            counts![bucket < 0 ? ~bucket : bucket]++;
            value += amount;
        }
    }

    /// <summary>The value, and a histogram's counts by bucket, not yet cumulative.</summary>
    public (double Value, long[]? Counts) Read()
    {
        lock (gate)
        {
            return (value, (long[]?)counts?.Clone());
        }
    }
}
