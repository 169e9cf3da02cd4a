using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Watchdog.Bench.Features;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;

namespace Watchdog.Bench;

/// <summary>
/// Features as plain loops against their vectorised forms, a nanosecond figure a window: 36 points are a screen's window, 72 a baseline's hours, 576 a triage's 48 hours.
/// One point in fifty is absent, and every window differs, so that a branch costs what it costs in a sweep.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)]
[CategoriesColumn, MinColumn]
public class FeaturesBenchmark
{
    private const int Windows = 2_000;
    private static readonly DateTimeOffset Start = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Grace Boot = new(Start.AddDays(-9), Start.AddDays(-9).AddMinutes(15));
    private readonly float[] _scratch = new float[1024];
    private float[] _values = [];

    /// <summary>Points of a window.</summary>
    [Params(12, 36, 72, 256, 576)]
    public int Points { get; set; }

    /// <summary>Lays the windows out.</summary>
    [GlobalSetup]
    public void LayOut()
    {
        var random = new Random(1);
        _values = [.. Enumerable.Range(0, Windows * Points).Select(_ => random.Next(50) == 0 ? float.NaN : random.NextSingle() * 100)];
    }

    /// <summary>Known points.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Windows), BenchmarkCategory("Known")]
    public int KnownPlain() => Sum(static (values, _) => Plain.Known(values));

    /// <summary>Known points, in vectors.</summary>
    [Benchmark(OperationsPerInvoke = Windows), BenchmarkCategory("Known")]
    public int KnownWide() => Sum(static (values, _) => Stat.Known(values));

    /// <summary>Mean.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Windows), BenchmarkCategory("Mean")]
    public int MeanPlain() => Sum(static (values, _) => (int)Plain.Mean(values));

    /// <summary>Mean, in vectors; the order of the sum changes.</summary>
    [Benchmark(OperationsPerInvoke = Windows), BenchmarkCategory("Mean")]
    public int MeanWide() => Sum(static (values, _) => (int)Wide.Mean(values));

    /// <summary>Known points copied together.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Windows), BenchmarkCategory("Copy")]
    public int CopyPlain() => Sum(static (values, scratch) => Plain.KnownOf(values, scratch).Length);

    /// <summary>Known points copied together, whole vectors at a time.</summary>
    [Benchmark(OperationsPerInvoke = Windows), BenchmarkCategory("Copy")]
    public int CopyWide() => Sum(static (values, scratch) => Stat.CopyKnown(values, scratch));

    /// <summary>95th percentile by a sort.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Windows), BenchmarkCategory("Quantile")]
    public int QuantileSorted() => Sum(static (values, _) => (int)Plain.Quantile(values, 0.95));

    /// <summary>95th percentile as shipped.</summary>
    [Benchmark(OperationsPerInvoke = Windows), BenchmarkCategory("Quantile")]
    public int QuantileShipped() => Sum(static (values, _) => (int)Stat.Quantile(values, 0.95));

    /// <summary>A plateau, an instant made for every point.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Windows), BenchmarkCategory("Plateau")]
    public int PlateauPlain() => Sum(static (values, _) => Plain.At(new MetricWindow(Start, 300, values), 12, 8, 16, Boot).High);

    /// <summary>A plateau, the boot's minutes told by index.</summary>
    [Benchmark(OperationsPerInvoke = Windows), BenchmarkCategory("Plateau")]
    public int PlateauByIndex() => Sum(static (values, _) => Plateau.At(new MetricWindow(Start, 300, values), 12, 8, 16, Boot).High);

    /// <summary>A plateau, known and high points as bits.</summary>
    [Benchmark(OperationsPerInvoke = Windows), BenchmarkCategory("Plateau")]
    public int PlateauByBits() => Sum(static (values, _) => Wide.AtByBits(new MetricWindow(Start, 300, values), 12, 8, 16, Boot).High);

    private int Sum(Feature feature)
    {
        var sum = 0;
        for (var at = 0; at < _values.Length; at += Points)
        {
            sum += feature(_values.AsSpan(at, Points), _scratch);
        }

        return sum;
    }

    private delegate int Feature(ReadOnlySpan<float> values, Span<float> scratch);
}
