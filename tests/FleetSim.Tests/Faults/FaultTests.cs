using Watchdog.FleetSim.Failing;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Faults;

public sealed class FaultTests
{
    [Theory]
    [InlineData(FaultKind.Throttle, 503, "RequestLimitExceeded")]
    [InlineData(FaultKind.ServerError, 500, "InternalError")]
    [InlineData(FaultKind.Unavailable, 503, "Unavailable")]
    public async Task An_error_is_answered_before_anything_is_done(FaultKind kind, int status, string code)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        host.Region.Faults.FailNext("ec2:StopInstances", kind);
        var failure = await host.Ec2Fails("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        Assert.Equal((status, code), (failure.Status, failure.Code));
        Assert.Equal(PowerState.Running, PowerNow(host));
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        Assert.Equal(PowerState.Stopping, PowerNow(host));
    }

    [Theory]
    [InlineData(FaultKind.Drop, PowerState.Running)]
    [InlineData(FaultKind.LateDrop, PowerState.Stopping)]
    [InlineData(FaultKind.Truncate, PowerState.Stopping)]
    public async Task A_lost_answer_may_or_may_not_have_had_its_effect(FaultKind kind, PowerState after)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        host.Region.Faults.FailNext("ec2:StopInstances", kind);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0))));
        Assert.Equal(after, PowerNow(host));
        Assert.Equal(1, host.Region.CallCounts["ec2:StopInstances"]);
    }

    [Fact]
    public async Task Garbage_comes_with_status_200()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        host.Region.Faults.GarbageShare = 1;
        var (status, text) = await host.Form("DescribeInstances", "2016-11-15");
        Assert.Equal(200, status);
        Assert.DoesNotContain("DescribeInstancesResponse", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hang_answers_after_its_length_on_the_wall()
    {
        var wall = new ManualTimer();
        await using var host = await Host.StartAsync(TestFleet.Vms(1), new SimulatedRegionOptions { WallClock = wall, RealTokenBuckets = false });
        host.Region.Faults.FailNext("ec2:DescribeInstances", FaultKind.Hang);
        var answer = host.Ec2("DescribeInstances");
        await wall.Started.Task;
        Assert.False(answer.IsCompleted);
        wall.Fire();
        Assert.Single((await answer).Ids());
        Assert.Equal(TimeSpan.FromSeconds(30), wall.Length);
    }

    [Fact]
    public async Task Shares_fall_the_same_way_for_the_same_seed_and_only_where_they_apply()
    {
        async Task<string> Run(ulong seed)
        {
            await using var host = await Host.StartAsync(TestFleet.Vms(1));
            host.Region.Faults.Seed = seed;
            host.Region.Faults.ThrottleShare = 0.3;
            host.Region.Faults.ServerErrorShare = 0.2;
            host.Region.Faults.Applies = name => name == "ec2:DescribeInstances";
            var marks = "";
            for (var i = 0; i < 60; i++)
                marks += (await host.Form("DescribeInstances", "2016-11-15")).Status switch { 200 => '.', 503 => 't', _ => 'e' };
            for (var i = 0; i < 20; i++)
                Assert.Equal(200, (await host.Form("DescribeSecurityGroups", "2016-11-15")).Status);
            return marks;
        }

        var one = await Run(1);
        Assert.Equal(one, await Run(1));
        Assert.NotEqual(one, await Run(2));
        Assert.InRange(one.Count(c => c == 't'), 9, 28);
        Assert.InRange(one.Count(c => c == 'e'), 4, 22);
    }

    [Fact]
    public async Task Denied_actions_answer_as_each_service_does()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        foreach (var action in new[] { "ec2:DescribeInstances", "ssm:SendCommand", "cloudwatch:GetMetricData" })
            host.Region.Faults.DeniedActions[action] = true;
        Expect((403, "UnauthorizedOperation"), await host.Ec2Fails("DescribeInstances"));
        Assert.Equal("AccessDeniedException", (await host.SsmFails("SendCommand", new { })).Code);
        Assert.Equal("AccessDeniedException", (await host.CloudWatchFails("GetMetricData", new { })).Code);
        host.Region.Faults.DeniedActions.Clear();
        Assert.Single((await host.Ec2("DescribeInstances")).Ids());
    }

    [Fact]
    public async Task A_wrong_access_key_is_refused_where_one_is_required()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), new SimulatedRegionOptions { RequiredAccessKeyId = "AKIDOTHER" });
        Expect((401, "AuthFailure"), await host.Ec2Fails("DescribeInstances"));
        Assert.Equal("UnrecognizedClientException", (await host.SsmFails("DescribeInstanceInformation", new { })).Code);
        await using var right = await Host.StartAsync(TestFleet.Vms(1), new SimulatedRegionOptions { RequiredAccessKeyId = "AKIDTEST" });
        Assert.Single((await right.Ec2("DescribeInstances")).Ids());
    }

    [Fact]
    public async Task A_behaviour_that_throws_says_so_in_the_answer()
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0, new PlainBehaviour { Console = _ => throw new InvalidOperationException("no script for this") })]);
        var failure = await host.Ec2Fails("GetConsoleOutput", ("InstanceId", TestFleet.Id(0)), ("Latest", "true"));
        Assert.Equal((500, "InternalFailure"), (failure.Status, failure.Code));
        Assert.Contains("no script for this", failure.Message, StringComparison.Ordinal);
    }

    private static void Expect((int Status, string Code) expected, AwsFailure failure) => Assert.Equal(expected, (failure.Status, failure.Code));

    private static PowerState PowerNow(Host host) => host.Region.State.StateOf(0)!.Value;

    /// <summary>A wall clock whose one timer fires by hand.</summary>
    private sealed class ManualTimer : TimeProvider
    {
        private TimerCallback? _callback;
        private object? _state;

        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan Length { get; private set; }

        public void Fire() => _callback?.Invoke(_state);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (_callback is not null)
                return base.CreateTimer(callback, state, dueTime, period);
            (_callback, _state, Length) = (callback, state, dueTime);
            Started.SetResult();
            return new Nothing();
        }

        private sealed class Nothing : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
