using System.Text.Json;
using System.Xml.Linq;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.CloudWatch;

public sealed class MetricDataTests
{
    private static readonly SimulatedRegionOptions Prompt = new()
    {
        RealTokenBuckets = false, PublicationDelayMin = TimeSpan.Zero, PublicationDelayMax = TimeSpan.Zero,
    };

    [Fact]
    public async Task Points_come_newest_first_half_open_and_on_the_grid()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Prompt);
        var end = host.Now;
        var series = Single(await Ask(host, end.AddHours(-3), end, Query("a", 0)));
        var times = Times(series);
        Assert.Equal(36, times.Length);
        Assert.Equal(end.AddMinutes(-5), times[0]);
        Assert.Equal(end.AddHours(-3), times[^1]);
        Assert.All(Values(series), v => Assert.Equal(42, v));
        Assert.Equal("Complete", series.GetProperty("StatusCode").GetString());
        var ascending = await host.CloudWatch("GetMetricData",
            new { StartTime = Unix(end.AddHours(-3)), EndTime = Unix(end), ScanBy = "TimestampAscending", MetricDataQueries = new[] { Query("a", 0) } });
        Assert.Equal(times.Reverse(), Times(Single(ascending)));
    }

    [Fact]
    public async Task A_point_is_published_two_to_five_minutes_after_its_period_ends()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(200));
        var start = host.Now.AddMinutes(-5);
        var queries = Enumerable.Range(0, 200).Select(i => Query($"m{i}", i)).ToArray();
        var published = new List<int>();
        for (var minute = 0; minute <= 5; minute++)
        {
            var answer = await Ask(host, start, start.AddMinutes(5), queries);
            published.Add(answer.GetProperty("MetricDataResults").EnumerateArray().Count(s => s.GetProperty("Values").GetArrayLength() == 1));
            host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([0, 0, 0], published[..3]);
        Assert.InRange(published[3], 40, 90);
        Assert.InRange(published[4], 100, 160);
        Assert.Equal(200, published[5]);
    }

    [Fact]
    public async Task Periods_in_which_a_VM_did_not_run_through_have_no_point()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Prompt);
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        await host.Ec2("StartInstances", ("InstanceId.1", TestFleet.Id(0)));
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        var series = Single(await Ask(host, TestFleet.Start.AddMinutes(-10), host.Now, Query("a", 0)));
        Assert.Equal([-10, -5, 35, 40], Times(series).Reverse().Select(t => (int)(t - TestFleet.Start).TotalMinutes));
    }

    [Fact]
    public async Task Statistics_of_counts_and_levels_aggregate_over_longer_periods()
    {
        var behaviour = new PlainBehaviour { Loads = at => new Load(at.At.Minute % 10 == 0 ? 10 : 30, 600, 1200, 5, 15) };
        await using var host = await Host.StartAsync([TestFleet.Vm(0, behaviour)], Prompt);
        async Task<double> Value(string metric, string stat, int period) =>
            Values(Single(await Ask(host, host.Now.AddMinutes(-10), host.Now, Query("a", 0, metric, stat, period)))) is [var only] ? only : double.NaN;
        Assert.Equal(20, await Value("CPUUtilization", "Average", 600));
        Assert.Equal(30, await Value("CPUUtilization", "Maximum", 600));
        Assert.Equal(10, await Value("CPUUtilization", "Minimum", 600));
        Assert.Equal(2400, await Value("NetworkOut", "Sum", 600));
        Assert.Equal(240, await Value("NetworkOut", "Average", 600));
        Assert.Equal(10, await Value("NetworkOut", "SampleCount", 600));
        Assert.Equal(10, await Value("EBSReadOps", "Sum", 600));
    }

    [Fact]
    public async Task A_period_of_a_minute_gives_the_five_minute_points_of_basic_monitoring_only()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Prompt);
        var cpu = Single(await Ask(host, host.Now.AddMinutes(-30), host.Now, Query("a", 0, period: 60)));
        Assert.Equal(6, Times(cpu).Length);
        var check = Single(await Ask(host, host.Now.AddMinutes(-30), host.Now, Query("a", 0, "StatusCheckFailed", "Maximum", 60)));
        Assert.Equal(30, Times(check).Length);
    }

    [Theory]
    [InlineData("t3.medium", "EBSReadOps", 1)]
    [InlineData("t3.medium", "DiskReadOps", 0)]
    [InlineData("t2.medium", "DiskReadOps", 1)]
    [InlineData("t2.medium", "EBSReadOps", 0)]
    [InlineData("t3.medium", "CPUCreditBalance", 1)]
    [InlineData("t3.medium", "MemoryUtilization", 0)]
    public async Task What_a_type_does_not_publish_is_an_empty_series_and_no_error(string type, string metric, int points)
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0, type: type)], Prompt);
        var series = Single(await Ask(host, host.Now.AddMinutes(-5), host.Now, Query("a", 0, metric)));
        Assert.Equal(points, Values(series).Length);
        Assert.Equal("Complete", series.GetProperty("StatusCode").GetString());
    }

    [Fact]
    public async Task Credits_that_a_type_does_not_have_and_unknown_instances_are_empty_too()
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0, new PlainBehaviour { Loads = _ => new Load(1, 2, 3, 4, 5) })], Prompt);
        var answer = await Ask(host, host.Now.AddMinutes(-5), host.Now, Query("credits", 0, "CPUCreditBalance"), Query("unknown", 77), Query("cpu", 0));
        Assert.Equal([0, 0, 1], answer.GetProperty("MetricDataResults").EnumerateArray().Select(s => s.GetProperty("Values").GetArrayLength()));
    }

    [Fact]
    public async Task A_full_answer_ends_with_a_token_and_the_pages_hold_every_point_once()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(3), Prompt);
        object[] queries = [Query("a", 0), Query("b", 1), Query("c", 2)];
        var points = new Dictionary<string, List<DateTimeOffset>>();
        string? token = null;
        var pages = 0;
        do
        {
            var page = await host.CloudWatch("GetMetricData", new
            {
                StartTime = Unix(host.Now.AddHours(-1)), EndTime = Unix(host.Now), MetricDataQueries = queries, MaxDatapoints = 7, NextToken = token,
            });
            var series = page.GetProperty("MetricDataResults").EnumerateArray().ToList();
            Assert.InRange(series.Sum(s => s.GetProperty("Values").GetArrayLength()), 1, 7);
            foreach (var one in series)
                points[one.GetProperty("Id").GetString()!] = [.. points.GetValueOrDefault(one.GetProperty("Id").GetString()!, []), .. Times(one)];
            token = page.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
            pages++;
        }
        while (token is not null);
        Assert.Equal(6, pages);
        Assert.Equal(["a", "b", "c"], points.Keys.Order());
        Assert.All(points.Values, times => Assert.Equal(Enumerable.Range(1, 12).Select(n => host.Now.AddMinutes(-5 * n)), times));
    }

    [Fact]
    public async Task What_CloudWatch_does_not_take_is_a_validation_error()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Prompt);
        async Task Refused(DateTimeOffset start, DateTimeOffset end, params object[] queries)
        {
            var failure = await host.CloudWatchFails("GetMetricData", new { StartTime = Unix(start), EndTime = Unix(end), MetricDataQueries = queries });
            Assert.Equal((400, "ValidationError"), (failure.Status, failure.Code));
        }

        var (start, end) = (host.Now.AddHours(-1), host.Now);
        await Refused(start, end, Query("Upper", 0));
        await Refused(start, end, Query("a-b", 0));
        await Refused(start, end, Query("a", 0), Query("a", 0));
        await Refused(start, end, [.. Enumerable.Range(0, 501).Select(i => Query($"m{i}", 0))]);
        await Refused(start, end, Query("a", 0, period: 90));
        await Refused(start, end, Query("a", 0, stat: "Median"));
        await Refused(end, start, Query("a", 0));
        await Refused(start, end);
    }

    [Fact]
    public async Task The_query_protocol_gives_the_same_points_as_JSON()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Prompt);
        var (status, text) = await host.Form("GetMetricData", "2010-08-01",
            ("StartTime", "2026-03-02T09:00:00Z"), ("EndTime", "2026-03-02T10:00:00Z"),
            ("MetricDataQueries.member.1.Id", "a"), ("MetricDataQueries.member.1.MetricStat.Period", "300"),
            ("MetricDataQueries.member.1.MetricStat.Stat", "Average"), ("MetricDataQueries.member.1.MetricStat.Metric.Namespace", "AWS/EC2"),
            ("MetricDataQueries.member.1.MetricStat.Metric.MetricName", "CPUUtilization"),
            ("MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name", "InstanceId"),
            ("MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value", TestFleet.Id(0)));
        Assert.Equal(200, status);
        XNamespace ns = "http://monitoring.amazonaws.com/doc/2010-08-01/";
        var times = XElement.Parse(text).Descendants(ns + "Timestamps").Single().Elements().Select(e => DateTimeOffset.Parse(e.Value, null)).ToArray();
        var json = Single(await Ask(host, host.Now.AddHours(-1), host.Now, Query("a", 0)));
        Assert.Equal(Times(json), times);
        var (refused, error) = await host.Form("GetMetricData", "2010-08-01", ("StartTime", "2026-03-02T09:00:00Z"));
        Assert.Equal(400, refused);
        Assert.Contains("<Code>ValidationError</Code>", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_points_and_PartialData_can_be_switched_on()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Prompt);
        host.Region.Faults.MissingPointShare = 0.5;
        var holes = Times(Single(await Ask(host, host.Now.AddHours(-10), host.Now, Query("a", 0))));
        Assert.InRange(holes.Length, 30, 90);
        Assert.Equal(holes, Times(Single(await Ask(host, host.Now.AddHours(-10), host.Now, Query("a", 0)))));
        host.Region.Faults.MissingPointShare = 0;
        host.Region.Faults.PartialDataShare = 1;
        var partial = Single(await Ask(host, host.Now.AddHours(-1), host.Now, Query("a", 0)));
        Assert.Equal("PartialData", partial.GetProperty("StatusCode").GetString());
        Assert.Equal(6, Times(partial).Length);
    }

    private static object Query(string id, int vm, string metric = "CPUUtilization", string stat = "Average", int period = 300) => new
    {
        Id = id,
        MetricStat = new
        {
            Metric = new { Namespace = "AWS/EC2", MetricName = metric, Dimensions = new[] { new { Name = "InstanceId", Value = TestFleet.Id(vm) } } },
            Period = period,
            Stat = stat,
        },
    };

    private static Task<JsonElement> Ask(Host host, DateTimeOffset start, DateTimeOffset end, params object[] queries) =>
        host.CloudWatch("GetMetricData", new { StartTime = Unix(start), EndTime = Unix(end), MetricDataQueries = queries });

    private static long Unix(DateTimeOffset at) => at.ToUnixTimeSeconds();

    private static JsonElement Single(JsonElement answer) => answer.GetProperty("MetricDataResults").EnumerateArray().Single();

    private static DateTimeOffset[] Times(JsonElement series) =>
        [.. series.GetProperty("Timestamps").EnumerateArray().Select(t => DateTimeOffset.FromUnixTimeSeconds(t.GetInt64()))];

    private static double[] Values(JsonElement series) => [.. series.GetProperty("Values").EnumerateArray().Select(v => v.GetDouble())];
}
