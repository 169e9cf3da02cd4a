using Amazon.CloudWatch.Model;
using Watchdog.Aws;
using Watchdog.Telemetry;
using Metric = Watchdog.Telemetry.Metric;

namespace Watchdog.Tests.Aws;

public class MetricAnswerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly MetricSpan Span = new(Start, Start.AddMinutes(20), 300);

    [Theory]
    [InlineData(double.NaN, true)]
    [InlineData(double.PositiveInfinity, true)]
    [InlineData(-0.1, true)]
    [InlineData(100.6, true)]
    [InlineData(100.4, false)]
    [InlineData(0, false)]
    public void A_value_that_cannot_be_is_absent_and_counted(double value, bool rejected)
    {
        using var batch = Batch(out var answer);
        answer.Add(Page(null, Result("q0", "Complete", (0, 50), (5, value))));
        answer.Finish();

        Assert.Equal(rejected ? 1 : 0, answer.Rejected);
        Assert.Equal(rejected, float.IsNaN(batch.Row(0)[1]));
        Assert.Equal(50, batch.Row(0)[0]);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(20)]
    [InlineData(7)]
    public void A_point_off_the_grid_or_outside_the_span_is_ignored(double minute)
    {
        using var batch = Batch(out var answer);
        answer.Add(Page(null, Result("q0", "Complete", (minute, 50))));
        answer.Finish();

        Assert.Equal(1, answer.Rejected);
        Assert.All(batch.Row(0).ToArray(), point => Assert.True(float.IsNaN(point)));
        Assert.True(batch.Answered[0]);
    }

    [Fact]
    public void Partial_data_that_a_later_page_completes_is_an_answer()
    {
        using var batch = Batch(out var answer);
        answer.Add(Page(null, Result("q0", "PartialData", (15, 4))));
        answer.Add(Page(null, Result("q0", "Complete", (10, 3))));
        answer.Finish();

        Assert.True(batch.Answered[0]);
        Assert.Equal([3f, 4f], batch.Row(0)[2..].ToArray());
    }

    [Theory]
    [InlineData("InternalError")]
    [InlineData("Forbidden")]
    [InlineData("PartialData")]
    [InlineData("Whatever")]
    public void Any_other_end_is_no_answer(string status)
    {
        using var batch = Batch(out var answer);
        answer.Add(Page(null, Result("q0", status, (0, 50))));
        answer.Finish();

        Assert.False(batch.Answered[0]);
    }

    [Fact]
    public void A_series_that_never_came_and_ids_of_nobody_answer_nothing()
    {
        using var batch = Batch(out var answer);
        answer.Add(Page(null, Result("q1", "Complete", (0, 50)), Result("0", "Complete", (0, 50)), Result("q-0", "Complete", (0, 50)), Result("q99999999999", "Complete")));
        answer.Finish();

        Assert.False(batch.Answered[0]);
        Assert.True(float.IsNaN(batch.Row(0)[0]));
    }

    [Fact]
    public void A_message_on_the_call_makes_an_empty_series_doubtful_and_leaves_a_full_one()
    {
        using var empty = Batch(out var first);
        first.Add(Page("MaxMetricsExceeded", Result("q0", "Complete")));
        first.Finish();
        using var full = Batch(out var second);
        second.Add(Page("MaxMetricsExceeded", Result("q0", "Complete", (0, 1))));
        second.Finish();

        Assert.False(empty.Answered[0]);
        Assert.True(full.Answered[0]);
        Assert.Equal("MaxMetricsExceeded: a text", second.Message);
    }

    private static MetricBatch Batch(out MetricAnswer answer)
    {
        var batch = new MetricBatch(["i-1"], Metric.CPUUtilization, Span.Start, Span.PeriodSeconds, Span.Points);
        answer = new([new(batch, 0)], Span);
        return batch;
    }

    private static GetMetricDataResponse Page(string? message, params MetricDataResult[] results) => new()
    {
        MetricDataResults = [.. results],
        Messages = message is null ? null : [new() { Code = message, Value = "a text" }],
    };

    private static MetricDataResult Result(string id, string status, params (double Minute, double Value)[] points) => new()
    {
        Id = id,
        StatusCode = status,
        Timestamps = [.. points.Select(point => Start.AddMinutes(point.Minute).UtcDateTime)],
        Values = [.. points.Select(point => point.Value)],
    };
}
