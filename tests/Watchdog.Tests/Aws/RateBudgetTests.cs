using Amazon.CloudWatch.Model;
using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement.Model;
using Watchdog.Aws;
using Watchdog.Testing;

namespace Watchdog.Tests.Aws;

public class RateBudgetTests
{
    private static readonly DateTime Start = new(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Starts_are_held_to_two_instances_a_second_and_stops_to_twenty()
    {
        var clock = new ManualTime();
        var budget = new RateBudget(1, clock);
        // The buckets hold 1,000 instances each; these empty them.
        await budget.TakeAsync(CallCost.Of(new StartInstancesRequest { InstanceIds = Ids(1_000) }), default);
        await budget.TakeAsync(CallCost.Of(new StopInstancesRequest { InstanceIds = Ids(1_000) }), default);

        var start = budget.TakeAsync(CallCost.Of(new StartInstancesRequest { InstanceIds = Ids(20) }), default);
        var stop = budget.TakeAsync(CallCost.Of(new StopInstancesRequest { InstanceIds = Ids(20) }), default);

        clock.Advance(TimeSpan.FromSeconds(1.01));
        await stop;
        clock.Advance(TimeSpan.FromSeconds(8.9));
        Assert.False(start.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        await start;
    }

    [Fact]
    public async Task A_share_is_a_share_of_size_and_refill()
    {
        var clock = new ManualTime();
        var budget = new RateBudget(0.5, clock);
        var call = CallCost.Of(new DescribeInstancesRequest());
        for (var i = 0; i < 50; i++)
        {
            Assert.True(budget.TakeAsync(call, default).IsCompletedSuccessfully);
        }

        var next = budget.TakeAsync(call, default);
        clock.Advance(TimeSpan.FromSeconds(0.09));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.02));
        await next;
    }

    [Fact]
    public async Task Datapoints_have_a_bucket_of_their_own()
    {
        var clock = new ManualTime();
        var budget = new RateBudget(0.5, clock);
        var screen = CallCost.Of(MetricsRequest(500, TimeSpan.FromHours(3)));
        Assert.Equal((18_000d, 500), (screen.ResourceTokens, screen.Metrics));
        // 90,000 points are five calls; calls alone would allow 25.
        for (var i = 0; i < 5; i++)
        {
            Assert.True(budget.TakeAsync(screen, default).IsCompletedSuccessfully);
        }

        var sixth = budget.TakeAsync(screen, default);
        Assert.False(sixth.IsCompleted);
        Assert.True(budget.TakeAsync(CallCost.Of(MetricsRequest(100, TimeSpan.FromHours(48))), default).IsCompletedSuccessfully);
        clock.Advance(TimeSpan.FromSeconds(0.21));
        await sixth;
    }

    [Fact]
    public async Task Without_a_share_nothing_waits()
    {
        var budget = new RateBudget(null, new ManualTime());
        for (var i = 0; i < 10_000; i++)
        {
            await budget.TakeAsync(CallCost.Of(new StartInstancesRequest { InstanceIds = Ids(1) }), default);
        }
    }

    [Fact]
    public void Every_request_has_its_iam_name()
    {
        Assert.Equal("ec2:ModifyNetworkInterfaceAttribute", CallCost.Of(new ModifyNetworkInterfaceAttributeRequest()).Action);
        Assert.Equal("ssm:SendCommand", CallCost.Of(new SendCommandRequest()).Action);
        Assert.Equal("cloudwatch:GetMetricData", CallCost.Of(new GetMetricDataRequest()).Action);
    }

    [Theory]
    [InlineData("ec2:DescribeSecurityGroups", 100, 20)]
    [InlineData("ec2:GetConsoleOutput", 100, 20)]
    [InlineData("ec2:StopInstances", 50, 5)]
    [InlineData("ec2:StartInstances", 5, 2)]
    [InlineData("ec2:ModifyNetworkInterfaceAttribute", 100, 5)]
    [InlineData("ec2:CreateTags", 100, 10)]
    public void Ec2s_rates_are_those_of_its_guide(string action, double size, double perSecond) => Assert.Equal(new Rate(size, perSecond), RateTable.Of(action));

    private static List<string> Ids(int count) => [.. Enumerable.Range(0, count).Select(SimulatedAws.Id)];

    private static GetMetricDataRequest MetricsRequest(int queries, TimeSpan span) => new()
    {
        StartTime = Start,
        EndTime = Start + span,
        MetricDataQueries = [.. Enumerable.Range(0, queries).Select(_ => new MetricDataQuery { MetricStat = new() { Period = 300 } })],
    };
}
