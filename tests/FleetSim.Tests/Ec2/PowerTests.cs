using System.Xml.Linq;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Ec2;

public sealed class PowerTests
{
    [Fact]
    public async Task A_stopped_VM_goes_through_stopping_and_descriptions_lag()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(2));
        var answer = await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        Assert.Equal("stopping", answer.Descendants("currentState").Single().Element("name")!.Value);
        Assert.Equal("running", answer.Descendants("previousState").Single().Element("name")!.Value);
        Assert.Equal("running", await StateName(host, 0));
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("stopping", await StateName(host, 0));
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        var stopped = await Instance(host, 0);
        Assert.Equal("80", stopped.Element("instanceState")!.Element("code")!.Value);
        Assert.Equal("User initiated (2026-03-02 10:00:00 GMT)", stopped.Element("reason")!.Value);
        Assert.Equal("Client.UserInitiatedShutdown", stopped.Element("stateReason")!.Element("code")!.Value);
        Assert.Null(stopped.Element("ipAddress"));
        Assert.Equal("running", await StateName(host, 1));
    }

    [Fact]
    public async Task A_started_VM_has_a_new_launch_time_and_another_public_address()
    {
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => !VmShape.BehindNat(vm))]);
        var before = await Instance(host, 0);
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        var answer = await host.Ec2("StartInstances", ("InstanceId.1", TestFleet.Id(0)));
        Assert.Equal("pending", answer.Descendants("currentState").Single().Element("name")!.Value);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await Instance(host, 0);
        Assert.Equal("running", after.Element("instanceState")!.Element("name")!.Value);
        Assert.Equal("2026-03-02T10:10:00.000Z", after.Element("launchTime")!.Value);
        Assert.NotEqual(before.Element("ipAddress")!.Value, after.Element("ipAddress")!.Value);
        Assert.Equal(before.Element("privateIpAddress")!.Value, after.Element("privateIpAddress")!.Value);
        Assert.Null(after.Element("stateReason"));
        Assert.Equal("", after.Element("reason")!.Value);
    }

    [Fact]
    public async Task Stopping_a_stopped_VM_again_is_no_error()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        var again = await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        Assert.Equal("stopped", again.Descendants("currentState").Single().Element("name")!.Value);
    }

    [Fact]
    public async Task Starting_a_stopping_VM_is_refused_and_the_batch_is_left_alone()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(2));
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(1)));
        var failure = await host.Ec2Fails("StartInstances", Fields.Numbered("InstanceId", [TestFleet.Id(0), TestFleet.Id(1)]));
        Assert.Equal("IncorrectInstanceState", failure.Code);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("stopped", await StateName(host, 0));
    }

    [Theory]
    [InlineData("StopInstances")]
    [InlineData("RebootInstances")]
    [InlineData("StartInstances")]
    public async Task A_gone_id_fails_the_whole_call(string action)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(2));
        string[] gone = [TestFleet.Id(70), TestFleet.Id(71)];
        var failure = await host.Ec2Fails(action, Fields.Numbered("InstanceId", [TestFleet.Id(0), .. gone]));
        Assert.Equal((400, "InvalidInstanceID.NotFound"), (failure.Status, failure.Code));
        Assert.Contains($"The instance IDs '{gone[0]}, {gone[1]}' do not exist", failure.Message, StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("running", await StateName(host, 0));
        Assert.Equal("InvalidInstanceID.Malformed", (await host.Ec2Fails(action, ("InstanceId.1", "i-nonsense"))).Code);
    }

    [Theory]
    [InlineData("StopInstances")]
    [InlineData("StartInstances")]
    [InlineData("RebootInstances")]
    public async Task A_dry_run_answers_412_and_changes_nothing(string action)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var failure = await host.Ec2Fails(action, ("InstanceId.1", TestFleet.Id(0)), ("DryRun", "true"));
        Assert.Equal((412, "DryRunOperation"), (failure.Status, failure.Code));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("running", await StateName(host, 0));
    }

    [Fact]
    public async Task A_dry_run_without_permission_answers_403()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        host.Region.Faults.DeniedActions["ec2:StopInstances"] = true;
        var failure = await host.Ec2Fails("StopInstances", ("InstanceId.1", TestFleet.Id(0)), ("DryRun", "true"));
        Assert.Equal((403, "UnauthorizedOperation"), (failure.Status, failure.Code));
    }

    [Fact]
    public async Task Stop_protection_holds_until_it_is_taken_off_one_attribute_a_call()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var id = ("InstanceId", TestFleet.Id(0));
        await host.Ec2("ModifyInstanceAttribute", id, ("DisableApiStop.Value", "true"));
        Assert.Equal("OperationNotPermitted", (await host.Ec2Fails("StopInstances", ("InstanceId.1", TestFleet.Id(0)))).Code);
        Assert.Equal("InvalidParameterCombination",
            (await host.Ec2Fails("ModifyInstanceAttribute", id, ("DisableApiStop.Value", "false"), ("DisableApiTermination.Value", "true"))).Code);
        await host.Ec2("ModifyInstanceAttribute", id, ("DisableApiStop.Value", "false"));
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
    }

    [Theory]
    [InlineData(true, "instanceLifecycle", "spot")]
    [InlineData(false, "rootDeviceType", "instance-store")]
    public async Task What_EC2_cannot_stop_fails_the_batch(bool isSpot, string element, string value)
    {
        var options = new SimulatedRegionOptions { SpotShare = isSpot ? 0.5 : 0, InstanceStoreShare = isSpot ? 0 : 0.5, RealTokenBuckets = false };
        bool Unstoppable(SimulatedVm vm) => VmShape.IsSpot(vm, options) || VmShape.HasInstanceStoreRoot(vm, options);
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => !Unstoppable(vm)), TestFleet.VmWith(1, Unstoppable)], options);
        Assert.Equal(value, (await Instance(host, 1)).Element(element)!.Value);
        Assert.NotEqual(value, (await Instance(host, 0)).Element(element)?.Value);
        Assert.Equal("UnsupportedOperation", (await host.Ec2Fails("StopInstances", Fields.Numbered("InstanceId", [TestFleet.Id(0), TestFleet.Id(1)]))).Code);
        Assert.Equal(PowerState.Running, host.Region.State.StateOf(0));
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        Assert.Equal(PowerState.Stopping, host.Region.State.StateOf(0));
    }

    [Fact]
    public async Task Owners_stop_start_and_lose_their_VMs_on_their_own()
    {
        DateTimeOffset At(int minutes) => TestFleet.Start.AddMinutes(minutes);
        await using var host = await Host.StartAsync(
        [
            TestFleet.Vm(0, new PlainBehaviour { Owner = [new(At(10), PowerAction.Stop), new(At(30), PowerAction.Start)] }),
            TestFleet.Vm(1, new PlainBehaviour { Owner = [new(At(10), PowerAction.Shutdown), new(At(11), PowerAction.Reboot)] }),
            TestFleet.Vm(2, new PlainBehaviour { Owner = [new(At(10), PowerAction.SpotReclaim)] }),
            TestFleet.Vm(3, new PlainBehaviour { Owner = [new(At(10), PowerAction.Retire)] }),
        ]);
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(["stopped", "stopped", "terminated", "stopped"],
            [await StateName(host, 0), await StateName(host, 1), await StateName(host, 2), await StateName(host, 3)]);
        Assert.Equal("Client.InstanceInitiatedShutdown", (await Instance(host, 1)).Element("stateReason")!.Element("code")!.Value);
        Assert.Equal("Server.SpotInstanceTermination", (await Instance(host, 2)).Element("stateReason")!.Element("code")!.Value);
        Assert.Equal("Server.ScheduledStop", (await Instance(host, 3)).Element("stateReason")!.Element("code")!.Value);
        Assert.Null((await Instance(host, 2)).Element("networkInterfaceSet"));
        host.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal("running", await StateName(host, 0));
        Assert.Equal("InvalidInstanceID.NotFound", (await host.Ec2Fails("DescribeInstances", ("InstanceId.1", TestFleet.Id(2)))).Code);
    }

    [Fact]
    public async Task A_start_may_meet_no_capacity()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        host.Region.Faults.NoCapacityShare = 1;
        var failure = await host.Ec2Fails("StartInstances", ("InstanceId.1", TestFleet.Id(0)));
        Assert.Equal((500, "InsufficientInstanceCapacity"), (failure.Status, failure.Code));
    }

    private static async Task<string> StateName(Host host, int index) => (await Instance(host, index)).Element("instanceState")!.Element("name")!.Value;

    private static async Task<XElement> Instance(Host host, int index) =>
        (await host.Ec2("DescribeInstances", ("InstanceId.1", TestFleet.Id(index)))).Descendants("instancesSet").Single().Element("item")!;
}
