using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Faults;

public sealed class ThrottlingTests
{
    private static readonly SimulatedRegionOptions Real = new();

    [Fact]
    public async Task A_paged_listing_has_100_tokens_and_20_a_second()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Real);
        Assert.Equal(100, await UntilThrottled(host, "DescribeInstances", ("MaxResults", "5")));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(20, await UntilThrottled(host, "DescribeInstances", ("MaxResults", "5")));
    }

    [Fact]
    public async Task Without_paging_or_filter_the_bucket_is_half_as_large_and_each_action_has_its_own()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Real);
        Assert.Equal(50, await UntilThrottled(host, "DescribeInstances"));
        Assert.Equal(50, await UntilThrottled(host, "DescribeInstanceStatus"));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, await UntilThrottled(host, "DescribeInstances"));
    }

    [Fact]
    public async Task Stops_and_starts_pay_an_instance_each_besides_the_request()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1300), Real);
        Task<Server.AwsFailure> Fails(string action, int from, int count) => host.Ec2Fails(action, Fields.Numbered("InstanceId", Enumerable.Range(from, count).Select(TestFleet.Id)));
        await host.Ec2("StopInstances", Fields.Numbered("InstanceId", Enumerable.Range(0, 600).Select(TestFleet.Id)));
        Expect((503, "RequestLimitExceeded"), await Fails("StopInstances", 600, 600));
        await host.Ec2("StopInstances", Fields.Numbered("InstanceId", Enumerable.Range(600, 400).Select(TestFleet.Id)));
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await host.Ec2("StopInstances", Fields.Numbered("InstanceId", Enumerable.Range(1000, 200).Select(TestFleet.Id)));
        Assert.Equal("RequestLimitExceeded", (await Fails("StopInstances", 1200, 1)).Code);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.Ec2("StartInstances", Fields.Numbered("InstanceId", Enumerable.Range(0, 1000).Select(TestFleet.Id)));
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("RequestLimitExceeded", (await Fails("StartInstances", 1000, 21)).Code);
        await host.Ec2("StartInstances", Fields.Numbered("InstanceId", Enumerable.Range(1000, 20).Select(TestFleet.Id)));
    }

    [Fact]
    public async Task GetMetricData_pays_180000_datapoints_a_second_of_recent_data()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Real);
        var body = new
        {
            StartTime = host.Now.AddHours(-3).ToUnixTimeSeconds(),
            EndTime = host.Now.ToUnixTimeSeconds(),
            MetricDataQueries = Enumerable.Range(0, 500).Select(i => new
            {
                Id = $"m{i}",
                MetricStat = new { Metric = new { Namespace = "AWS/EC2", MetricName = "CPUUtilization", Dimensions = new[] { new { Name = "InstanceId", Value = TestFleet.Id(i) } } }, Period = 300, Stat = "Average" },
            }),
        };
        for (var i = 0; i < 10; i++)
            await host.CloudWatch("GetMetricData", body);
        var failure = await host.CloudWatchFails("GetMetricData", body);
        Assert.Equal((400, "Throttling"), (failure.Status, failure.Code));
        Assert.Equal(180_000, host.Region.Datapoints);
        host.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await host.CloudWatch("GetMetricData", body);
        Assert.Equal(198_000, host.Region.Datapoints);
    }

    [Fact]
    public async Task A_raised_quota_scales_every_bucket()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), Real with { QuotaFactor = 2 });
        Assert.Equal(100, await UntilThrottled(host, "DescribeInstances"));
    }

    private static void Expect((int Status, string Code) expected, AwsFailure failure) => Assert.Equal(expected, (failure.Status, failure.Code));

    private static async Task<int> UntilThrottled(Host host, string action, params (string, string)[] fields)
    {
        for (var n = 0; n < 1000; n++)
        {
            if ((await host.Form(action, "2016-11-15", fields)).Status == 503)
                return n;
        }

        return -1;
    }
}
