using System.Collections.Concurrent;

namespace Watchdog.Diagnostics.Exporting;

/// <summary>All series of one name. Beyond the cap, new sets of labels share one series: a family cannot grow without end.</summary>
internal sealed class MetricFamily(string name, string help, MetricKind kind, double[]? bounds, int mostSeries)
{
    /// <summary>The labels of the series that the rest shares; OpenTelemetry's own word for it.</summary>
    public const string Overflow = "otel_metric_overflow=\"true\"";

    private readonly ConcurrentDictionary<string, MetricSeries> series = new(StringComparer.Ordinal);

    public string Name => name;
    public string Help => help;
    public MetricKind Kind => kind;
    public double[]? Bounds => bounds;

    /// <summary>Every series, in the order of labels.</summary>
    public IReadOnlyList<MetricSeries> Series => [.. series.Values.OrderBy(one => one.Labels, StringComparer.Ordinal)];

    /// <summary>The series of these labels, or the shared one.</summary>
    /// <param name="overflowed">Whether these labels found no place.</param>
    public MetricSeries Of(string labels, out bool overflowed)
    {
        overflowed = false;
        if (series.TryGetValue(labels, out var found))
        {
            return found;
        }

        // Two at once may pass the cap by one: harmless.
        overflowed = series.Count >= mostSeries;
        return series.GetOrAdd(overflowed ? Overflow : labels, key => new MetricSeries(key, bounds));
    }

    /// <summary>Removes what the instruments that are asked did not tell in this collection.</summary>
    public void Forget(int generation)
    {
        foreach (var (labels, one) in series)
        {
            if (one.Generation != generation)
            {
                series.TryRemove(labels, out _);
            }
        }
    }
}
