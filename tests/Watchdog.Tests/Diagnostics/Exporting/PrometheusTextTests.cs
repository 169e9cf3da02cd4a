using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Exporting;

namespace Watchdog.Tests.Diagnostics.Exporting;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IMeterFactory factory;
    private readonly Meter meter;
    private readonly MetricBook book;

    public PrometheusTextTests()
    {
        factory = services.GetRequiredService<IMeterFactory>();
        meter = factory.Create(Meters.Name);
        book = new MetricBook(factory);
    }

    public void Dispose()
    {
        book.Dispose();
        services.Dispose();
    }

    [Fact]
    public void A_counter_is_total_and_its_labels_are_sorted_and_escaped()
    {
        var counter = meter.CreateCounter<long>("test.text.calls", "{call}", "Calls,\nof \\ kinds.");

        counter.Add(2, new("zone", "a\"b\\c\nd"), new KeyValuePair<string, object?>("http.status", 200));
        counter.Add(3, new("http.status", 200), new KeyValuePair<string, object?>("zone", "a\"b\\c\nd"));

        Assert.Equal(
            [
                @"# HELP test_text_calls_total Calls,\nof \\ kinds.",
                "# TYPE test_text_calls_total counter",
                """test_text_calls_total{http_status="200",zone="a\"b\\c\nd"} 5""",
            ], Lines("test_text_calls_total"));
    }

    [Fact]
    public void A_histogram_is_cumulative_and_a_bound_belongs_to_its_own_bucket()
    {
        var histogram = meter.CreateHistogram<double>("test.text.work", "s", "Work.", advice: new() { HistogramBucketBoundaries = [0.1, 1, 10] });

        foreach (var seconds in (double[])[0.1, 0.5, 1, 99])
        {
            histogram.Record(seconds, new KeyValuePair<string, object?>("kind", "x"));
        }

        Assert.Equal(
            [
                "# HELP test_text_work_seconds Work.",
                "# TYPE test_text_work_seconds histogram",
                """test_text_work_seconds_bucket{kind="x",le="0.1"} 1""",
                """test_text_work_seconds_bucket{kind="x",le="1"} 3""",
                """test_text_work_seconds_bucket{kind="x",le="10"} 3""",
                """test_text_work_seconds_bucket{kind="x",le="+Inf"} 4""",
                """test_text_work_seconds_sum{kind="x"} 100.6""",
                """test_text_work_seconds_count{kind="x"} 4""",
            ], Lines("test_text_work_seconds"));
    }

    [Fact]
    public void A_gauge_that_is_asked_tells_only_what_it_told_last()
    {
        var state = "open";
        meter.CreateObservableGauge("test.text.state", () => new Measurement<double>(0.25, new KeyValuePair<string, object?>("state", state)), "1", "States.");
        Assert.Equal("""test_text_state_ratio{state="open"} 0.25""", Lines("test_text_state_ratio")[^1]);

        state = "closed";

        Assert.Equal("""test_text_state_ratio{state="closed"} 0.25""", Assert.Single(Lines("test_text_state_ratio"), line => line[0] != '#'));
    }

    [Fact]
    public void One_gauge_that_fails_keeps_no_other_from_being_told()
    {
        meter.CreateObservableGauge("test.text.broken", int () => throw new InvalidOperationException("broken"));
        meter.CreateObservableGauge("test.text.whole", () => 7);

        Assert.Equal("test_text_whole 7", Lines("test_text_whole")[^1]);
    }

    [Fact]
    public void A_family_stops_growing_at_its_cap_loses_no_count_and_tells_so()
    {
        var counter = meter.CreateCounter<long>("test.text.many");

        for (var i = 0; i < 1_100; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        var lines = Lines("test_text_many_total").Where(line => line[0] != '#').ToList();
        Assert.Equal(1_001, lines.Count);
        Assert.Contains("""test_text_many_total{otel_metric_overflow="true"} 100""", lines);
        Assert.Contains("""watchdog_metrics_overflow_total{metric="test_text_many_total"} 100""", Lines("watchdog_metrics_overflow_total"));
    }

    [Fact]
    public async Task Prometheus_finds_nothing_to_complain_about_in_a_process_that_counts()
    {
        Meters.JobRan("Inventory", "done", TimeSpan.FromSeconds(1));
        meter.CreateUpDownCounter<long>("test.text.connection.count", "{connection}", "Connections.").Add(3);
        // The runtime counts by itself; what has counted nothing yet is not told.
        GC.Collect();

        var (exitCode, said) = await Promtool.CheckAsync(PrometheusText.Write(book));

        Assert.Equal((0, ""), (exitCode, said));
    }

    private string[] Lines(string family) =>
        [.. PrometheusText.Write(book).Split('\n').Where(line => line.StartsWith($"# HELP {family} ", StringComparison.Ordinal)
            || line.StartsWith($"# TYPE {family} ", StringComparison.Ordinal)
            || (line.StartsWith(family, StringComparison.Ordinal) && (line[family.Length] is '{' or ' ' || line[family.Length..].StartsWith("_bucket{", StringComparison.Ordinal)
                || line[family.Length..].StartsWith("_sum", StringComparison.Ordinal) || line[family.Length..].StartsWith("_count", StringComparison.Ordinal))))];
}
