using Watchdog.FleetSim.Failing;
using Watchdog.Telemetry;
using Spans = Watchdog.Telemetry.Windows;
using static Watchdog.Tests.Aws.SimulatedAws;

namespace Watchdog.Tests.Aws;

public class CloudWatchMetricSourceTests
{
    private static readonly MetricSpan Trailing = Spans.Trailing(Start, Spans.Screen);

    [Fact]
    public async Task Vms_are_packed_500_a_call_and_each_gets_its_own_points()
    {
        await using var aws = await StartAsync(Vms(1_100));
        var ids = Ids(1_100);

        using var cpu = Assert.Single(await ReadAsync(aws, ids, Trailing, Metric.CPUUtilization));

        Assert.Equal(3, aws.Calls.Calls["cloudwatch:GetMetricData"]);
        Assert.Equal((1_100L, 0.011m), (aws.Calls.Metrics, aws.Calls.Usd));
        for (var row = 0; row < ids.Count; row++)
        {
            Assert.True(cpu.Answered[row]);
            // The last period ended this very instant and is not published.
            Assert.True(float.IsNaN(cpu.Row(row)[^1]));
            Assert.All(cpu.Row(row)[..^1].ToArray(), value => Assert.Equal(row % 100, value));
        }
    }

    [Fact]
    public async Task Several_metrics_share_calls_and_come_back_in_the_order_asked()
    {
        await using var aws = await StartAsync(Vms(100));

        var batches = await ReadAsync(aws, Ids(100), Trailing, Metric.NetworkOut, Metric.CPUUtilization, Metric.NetworkIn);

        Assert.Equal(1, aws.Calls.Calls["cloudwatch:GetMetricData"]);
        Assert.Equal([Metric.NetworkOut, Metric.CPUUtilization, Metric.NetworkIn], batches.Select(batch => batch.Metric));
        Assert.Equal((2000f, 17f, 1000f), (batches[0].Row(17)[0], batches[1].Row(17)[0], batches[2].Row(17)[0]));
        foreach (var batch in batches)
        {
            batch.Dispose();
        }
    }

    [Fact]
    public async Task A_long_window_takes_fewer_vms_a_call()
    {
        await using var aws = await StartAsync(Vms(176));

        using var cpu = Assert.Single(await ReadAsync(aws, Ids(176), Spans.Trailing(Start, Spans.Context), Metric.CPUUtilization));

        // 576 points a series: 175 series fit into 100,800 points.
        Assert.Equal(2, aws.Calls.Calls["cloudwatch:GetMetricData"]);
        Assert.True(float.IsNaN(cpu.Row(0)[0]));
        Assert.Equal(75, cpu.Row(175)[^2]);
    }

    [Fact]
    public async Task A_vm_without_any_points_was_answered_and_an_unknown_metric_too()
    {
        await using var aws = await StartAsync(Vms(1));

        using var cpu = Assert.Single(await ReadAsync(aws, [Id(77)], Trailing, Metric.CPUUtilization));

        Assert.True(cpu.Answered[0]);
        Assert.All(cpu.Row(0).ToArray(), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public async Task A_failed_call_loses_only_its_own_vms()
    {
        await using var aws = await StartAsync(Vms(1_000), ("Aws:ReadRetries", "0"), ("Aws:MetricParallelism", "1"));
        aws.Region.Faults.FailNext("cloudwatch:GetMetricData", FaultKind.ServerError);

        using var cpu = Assert.Single(await ReadAsync(aws, Ids(1_000), Trailing, Metric.CPUUtilization));

        Assert.Equal(500, cpu.Answered.Count(answered => answered));
        Assert.All(Enumerable.Range(0, 1_000).Where(row => !cpu.Answered[row]), row => Assert.True(float.IsNaN(cpu.Row(row)[0])));
    }

    [Fact]
    public async Task Partial_data_without_a_next_page_is_not_an_answer()
    {
        await using var aws = await StartAsync(Vms(50));
        aws.Region.Faults.PartialDataShare = 0.5;

        using var cpu = Assert.Single(await ReadAsync(aws, Ids(50), Trailing, Metric.CPUUtilization));

        var unanswered = Enumerable.Range(0, 50).Where(row => !cpu.Answered[row]).ToList();
        Assert.InRange(unanswered.Count, 1, 49);
        Assert.All(unanswered, row => Assert.Contains(cpu.Row(row).ToArray(), value => !float.IsNaN(value)));
    }

    [Fact]
    public async Task Denied_metrics_are_unknown_and_no_exception()
    {
        await using var aws = await StartAsync(Vms(1));
        aws.Region.Faults.DeniedActions["cloudwatch:GetMetricData"] = true;

        using var cpu = Assert.Single(await ReadAsync(aws, Ids(1), Trailing, Metric.CPUUtilization));

        Assert.False(cpu.Answered[0]);
    }

    [Fact]
    public async Task Nothing_asked_costs_nothing()
    {
        await using var aws = await StartAsync(Vms(1));

        using var cpu = Assert.Single(await ReadAsync(aws, [], Trailing, Metric.CPUUtilization));

        Assert.Empty(aws.Calls.Calls);
    }

    [Fact]
    public async Task Four_fifths_of_the_budget_raise_the_warning()
    {
        await using var aws = await StartAsync(Vms(100), ("Aws:MonthlyBudgetUsd", "0.002"));
        (await ReadAsync(aws, Ids(100), Trailing, Metric.CPUUtilization))[0].Dispose();
        Assert.False(aws.Calls.Warning);
        (await ReadAsync(aws, Ids(100), Trailing, Metric.CPUUtilization))[0].Dispose();
        Assert.True(aws.Calls.Warning);

        aws.Clock.AdvanceTo(new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal((0m, 0.002m, false), (aws.Calls.MonthUsd, aws.Calls.Usd, aws.Calls.Warning));
    }

    private static List<string> Ids(int count) => [.. Enumerable.Range(0, count).Select(Id)];

    private static Task<IReadOnlyList<MetricBatch>> ReadAsync(SimulatedAws aws, IReadOnlyList<string> ids, MetricSpan span, params Metric[] metrics) =>
        aws.Metrics.ReadAsync(Here, ids, metrics, span.Start, span.End, span.PeriodSeconds, default);
}
