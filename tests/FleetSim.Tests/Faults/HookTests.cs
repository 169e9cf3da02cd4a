using Watchdog.FleetSim.Failing;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Faults;

public sealed class HookTests
{
    [Fact]
    public async Task A_drill_stands_before_a_request_and_behind_its_effect()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        List<(RequestSeen Seen, PowerState? State)> stops = [];
        host.Region.Faults.Before = seen => Note(seen, FaultKind.None);
        host.Region.Faults.After = async seen => await Note(seen, FaultKind.None);

        await host.Ec2("DescribeInstances", ("InstanceId.1", TestFleet.Id(0)));
        await host.Ec2Fails("StopInstances", ("InstanceId.1", TestFleet.Id(0)), ("DryRun", "true"));
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));

        Assert.Equal(
            [
                (new(1, 0, "ec2:DescribeInstances", null), PowerState.Running), (new(1, 0, "ec2:DescribeInstances", null), PowerState.Running),
                (new(2, 0, "ec2:StopInstances", null), PowerState.Running), (new(2, 0, "ec2:StopInstances", "DryRunOperation"), PowerState.Running),
                (new(3, 1, "ec2:StopInstances", null, TestFleet.Id(0)), PowerState.Running), (new(3, 1, "ec2:StopInstances", null, TestFleet.Id(0)), PowerState.Stopping),
            ], stops);

        ValueTask<FaultKind> Note(RequestSeen seen, FaultKind kind)
        {
            stops.Add((seen, host.Region.State.StateOf(0)));
            return new(kind);
        }
    }

    [Theory]
    [InlineData(FaultKind.LateDrop, true)]
    [InlineData(FaultKind.Drop, false)]
    public async Task The_answer_of_exactly_one_change_is_lost(FaultKind kind, bool tookEffect)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(3));
        host.Region.Faults.Before = seen => new(seen.Change == 2 ? kind : FaultKind.None);

        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(1))));
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(2)));

        Assert.Equal(PowerState.Stopping, host.Region.State.StateOf(0));
        Assert.Equal(tookEffect ? PowerState.Stopping : PowerState.Running, host.Region.State.StateOf(1));
        Assert.Equal(PowerState.Stopping, host.Region.State.StateOf(2));
    }

    [Fact]
    public async Task A_request_whose_sender_is_gone_while_a_drill_holds_it_still_takes_effect()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        TaskCompletionSource arrived = new(), goOn = new(), done = new();
        host.Region.Faults.Before = async _ =>
        {
            arrived.SetResult();
            await goOn.Task;
            return FaultKind.None;
        };
        host.Region.Faults.After = _ =>
        {
            done.SetResult();
            return default;
        };
        using (var sender = new HttpClient { BaseAddress = host.Region.Endpoint })
        using (var body = new FormUrlEncodedContent([new("Action", "StopInstances"), new("Version", "2016-11-15"), new("InstanceId.1", TestFleet.Id(0))]))
        {
            var sending = sender.PostAsync(new Uri("/", UriKind.Relative), body);
            await arrived.Task;
            sender.CancelPendingRequests();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        }

        goOn.SetResult();
        await done.Task;
        Assert.Equal(PowerState.Stopping, host.Region.State.StateOf(0));
    }
}
