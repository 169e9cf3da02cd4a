using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Watchdog.Diagnostics.Exporting;

/// <summary>
/// Keeps every measurement of the meters that are exported, cumulatively since the process began, for Prometheus to read. Listens from its making on.
/// </summary>
public sealed class MetricBook : IDisposable
{
    /// <summary>
    /// The meters. Quartz's is not among them: it counts milliseconds, and <c>watchdog.job.duration</c> says the same in seconds.
    /// </summary>
    public static IReadOnlyList<string> Exported { get; } =
    [
        Meters.Name, "Npgsql", "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
    ];

    /// <summary>Series in one family, before new sets of labels share one.</summary>
    private const int MostSeries = 1_000;
    private static readonly double[] DefaultSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly Counter<long> Overflows = Meters.Meter.CreateCounter<long>(
        "watchdog.metrics.overflow", null, "Measurements whose labels found no place in their family, by family.");

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> asked = new(StringComparer.Ordinal);
    private readonly Lock collecting = new();
    private int generation;

    /// <summary>Begins to listen.</summary>
    /// <param name="factory">Of the container: the gauges of other containers in this process are not ours.</param>
    public MetricBook(IMeterFactory factory)
    {
        listener.InstrumentPublished = (instrument, of) =>
        {
            var ours = instrument.Meter.Name != Meters.Name || instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, factory);
            if (ours && Exported.Contains(instrument.Meter.Name) && FamilyOf(instrument) is { } family)
            {
                of.EnableMeasurementEvents(instrument, family);
            }
        };
        listener.SetMeasurementEventCallback<byte>((instrument, value, tags, state) => Note(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<short>((instrument, value, tags, state) => Note(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, state) => Note(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) => Note(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<float>((instrument, value, tags, state) => Note(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, state) => Note(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<decimal>((instrument, value, tags, state) => Note(instrument, (double)value, tags, state));
        listener.Start();
    }

    /// <summary>Asks the instruments that are to be asked, and hands over every family, in the order of names.</summary>
    internal IReadOnlyList<MetricFamily> Collect()
    {
        lock (collecting)
        {
            generation++;
            try
            {
                listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // One gauge that cannot be read keeps none of the others from being told.
            }

            foreach (var name in asked.Keys)
            {
                families[name].Forget(generation);
            }

            return [.. families.Values.OrderBy(family => family.Name, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    // Null where another instrument of this name is of another kind: it would not be one family.
    private MetricFamily? FamilyOf(Instrument instrument)
    {
        var kind = MetricNames.KindOf(instrument);
        var name = MetricNames.Of(instrument.Name, instrument.Unit, kind);
        var family = families.GetOrAdd(name, _ => new MetricFamily(
            name, instrument.Description ?? instrument.Name, kind, kind == MetricKind.Histogram ? BoundsOf(instrument) : null, MostSeries));
        if (instrument.IsObservable && family.Kind == kind)
        {
            asked[name] = true;
        }

        return family.Kind == kind ? family : null;
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<float> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultSeconds,
    };

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var family = (MetricFamily)state!;
        var series = family.Of(MetricLabels.Of(tags), out var overflowed);
        if (overflowed)
        {
            Overflows.Add(1, new KeyValuePair<string, object?>("metric", family.Name));
        }

        series.Generation = generation;
        if (family.Kind == MetricKind.Histogram)
        {
            series.Observe(value);
        }
        else if (instrument.IsObservable || IsGauge(instrument))
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    private static bool IsGauge(Instrument instrument) => instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>);
}
