using System.Globalization;
using System.Xml.Linq;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.CloudWatch;

/// <summary>GetMetricStatistics as older tools use it; stock boto3 reads it in BotoTests.</summary>
public sealed class MetricStatisticsTests
{
    private static readonly XNamespace Ns = "http://monitoring.amazonaws.com/doc/2010-08-01/";
    private static readonly SimulatedRegionOptions Prompt = new()
    {
        RealTokenBuckets = false, PublicationDelayMin = TimeSpan.Zero, PublicationDelayMax = TimeSpan.Zero,
    };

    [Fact]
    public async Task Every_statistic_of_every_period_comes_with_its_unit_in_no_order()
    {
        var behaviour = new PlainBehaviour { Loads = at => new Load(at.At.Minute % 10 == 0 ? 10 : 30, 600, 1200, 5, 15) };
        await using var host = await Host.StartAsync([TestFleet.Vm(0, behaviour)], Prompt);
        var points = (await Ask(host, ("Period", "600"), ("Statistics.member.1", "Average"), ("Statistics.member.2", "Maximum"))).Descendants(Ns + "member").ToList();
        Assert.Equal(6, points.Count);
        Assert.All(points, point => Assert.Equal(("20", "30", "Percent"), (point.Element(Ns + "Average")!.Value, point.Element(Ns + "Maximum")!.Value, point.Element(Ns + "Unit")!.Value)));
        var times = points.ConvertAll(point => DateTimeOffset.Parse(point.Element(Ns + "Timestamp")!.Value, CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, 6).Select(n => host.Now.AddMinutes(-60 + (10 * n))), times.Order());
        Assert.NotEqual(times.Order(), times);
        Assert.NotEqual(times.OrderDescending(), times);
    }

    [Fact]
    public async Task Another_unit_and_an_unknown_instance_have_no_points_and_no_error()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Prompt);
        Assert.Empty((await Ask(host, ("Statistics.member.1", "Average"), ("Unit", "Bytes"))).Descendants(Ns + "member"));
        Assert.Equal(12, (await Ask(host, ("Statistics.member.1", "Average"), ("Unit", "Percent"))).Descendants(Ns + "member").Count());
        Assert.Empty((await Ask(host, ("Statistics.member.1", "Average"), ("Dimensions.member.1.Value", TestFleet.Id(7)))).Descendants(Ns + "member"));
    }

    [Fact]
    public async Task JSON_gives_the_points_of_the_query_protocol()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Prompt);
        var json = await host.CloudWatch("GetMetricStatistics", Json(host));
        var xml = await Ask(host, ("Statistics.member.1", "Average"));
        Assert.Equal("CPUUtilization", json.GetProperty("Label").GetString());
        Assert.Equal(
            xml.Descendants(Ns + "member").Select(point => (DateTimeOffset.Parse(point.Element(Ns + "Timestamp")!.Value, CultureInfo.InvariantCulture).ToUnixTimeSeconds(), 42.0)),
            json.GetProperty("Datapoints").EnumerateArray().Select(point => (point.GetProperty("Timestamp").GetInt64(), point.GetProperty("Average").GetDouble())));
        var failure = await host.CloudWatchFails("GetMetricStatistics", new { Namespace = 7 });
        Assert.Equal("SerializationException", failure.Code);
    }

    [Theory]
    [InlineData("Period", "90", "InvalidParameterValue", "multiple of 60")]
    [InlineData("Period", "", "InvalidParameterValue", "Period")]
    [InlineData("MetricName", "", "MissingParameter", "MetricName")]
    [InlineData("Statistics.member.1", "Median", "ValidationError", "Median")]
    [InlineData("ExtendedStatistics.member.1", "p95", "ValidationError", "Extended")]
    [InlineData("EndTime", "2026-03-02T08:00:00Z", "ValidationError", "StartTime")]
    [InlineData("EndTime", "2026-03-08T08:00:00Z", "InvalidParameterCombination", "exceeds the limit of 1,440")]
    public async Task What_CloudWatch_does_not_take_is_refused_by_its_code(string name, string value, string code, string says)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Prompt);
        var (status, text) = await host.Form("GetMetricStatistics", "2010-08-01", [(name, value), .. Fields(host).Append(("Statistics.member.1", "Average")).Where(field => field.Item1 != name)]);
        Assert.Equal(400, status);
        Assert.Contains($"<Code>{code}</Code>", text, StringComparison.Ordinal);
        Assert.Contains(says, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_statistic_at_all_is_refused()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Prompt);
        var (_, text) = await host.Form("GetMetricStatistics", "2010-08-01", Fields(host));
        Assert.Contains("<Code>InvalidParameterCombination</Code>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_a_bucket_of_400_of_its_own()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), new SimulatedRegionOptions());
        for (var i = 0; i < 400; i++)
            await host.CloudWatch("GetMetricStatistics", Json(host));
        Assert.Equal("Throttling", (await host.CloudWatchFails("GetMetricStatistics", Json(host))).Code);
        Assert.Equal(1, host.Region.RefusedByBuckets);
        Assert.Equal(0, host.Region.Datapoints);
    }

    // What is given replaces what stands here.
    private static async Task<XElement> Ask(Host host, params (string Name, string Value)[] given)
    {
        var (status, text) = await host.Form("GetMetricStatistics", "2010-08-01", [.. given, .. Fields(host).Where(field => given.All(one => one.Name != field.Item1))]);
        Assert.True(status == 200, text);
        return XElement.Parse(text);
    }

    private static (string, string)[] Fields(Host host) =>
    [
        ("Namespace", "AWS/EC2"), ("MetricName", "CPUUtilization"), ("Dimensions.member.1.Name", "InstanceId"), ("Dimensions.member.1.Value", TestFleet.Id(0)),
        ("StartTime", host.Now.AddHours(-1).ToString("O", CultureInfo.InvariantCulture)), ("EndTime", host.Now.ToString("O", CultureInfo.InvariantCulture)), ("Period", "300"),
    ];

    private static object Json(Host host) => new
    {
        Namespace = "AWS/EC2", MetricName = "CPUUtilization", Dimensions = new[] { new { Name = "InstanceId", Value = TestFleet.Id(0) } },
        StartTime = host.Now.AddHours(-1).ToUnixTimeSeconds(), EndTime = host.Now.ToUnixTimeSeconds(), Period = 300, Statistics = new[] { "Average" },
    };
}
