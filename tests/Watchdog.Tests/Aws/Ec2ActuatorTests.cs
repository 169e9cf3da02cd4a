using Watchdog.Enforcement;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Failing;
using static Watchdog.Tests.Aws.SimulatedAws;

namespace Watchdog.Tests.Aws;

public class Ec2ActuatorTests
{
    [Fact]
    public async Task A_vm_is_stopped_and_started()
    {
        await using var aws = await StartAsync(Vms(2));

        await aws.Actuator.StopAsync(Here, [Id(0)], false, default);
        aws.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["stopped", "running"], await StatesAsync(aws));

        await aws.Actuator.StartAsync(Here, Id(0), default);
        aws.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["running", "running"], await StatesAsync(aws));
    }

    [Fact]
    public async Task A_vm_that_was_launched_for_it_is_hibernated_and_of_any_other_ec2_refuses_it()
    {
        await using var aws = await StartAsync(Vms(1), new SimulatedRegionOptions { HibernationShare = 1 });
        Assert.True((await aws.Actuator.ReadAsync(Here, [Id(0)], default)).Single().CanHibernate);
        await aws.Actuator.HibernateAsync(Here, Id(0), default);
        aws.Clock.Advance(TimeSpan.FromMinutes(10));
        var asleep = (await aws.Actuator.ReadAsync(Here, [Id(0)], default)).Single();
        Assert.Equal(("stopped", "Client.UserInitiatedHibernate"), (asleep.State, asleep.StateReason));

        await using var others = await StartAsync(Vms(1));
        Assert.Null((await others.Actuator.ReadAsync(Here, [Id(0)], default)).Single().CanHibernate);
        Assert.Equal("UnsupportedHibernationConfiguration", (await Assert.ThrowsAsync<ActuatorException>(() => others.Actuator.HibernateAsync(Here, Id(0), default))).Code);
        Assert.Equal(["running"], await StatesAsync(others));
    }

    [Fact]
    public async Task An_interface_gets_the_containment_group_of_its_vpc_and_its_own_ones_back()
    {
        await using var aws = await StartAsync(Vms(1));
        var vm = (await aws.Actuator.ReadAsync(Here, [Id(0)], default)).Single();
        var nic = vm.Interfaces[0];
        var containment = await aws.Actuator.FindGroupsAsync(Here, vm.VpcId!, "quarantine", default);
        Assert.Single(containment);
        Assert.Empty(await aws.Actuator.FindGroupsAsync(Here, "vpc-none", "quarantine", default));

        await aws.Actuator.SetGroupsAsync(Here, nic.InterfaceId, containment, default);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(containment, (await aws.Actuator.ReadAsync(Here, [Id(0)], default)).Single().Interfaces[0].Groups);

        await aws.Actuator.SetGroupsAsync(Here, nic.InterfaceId, nic.Groups, default);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(nic.Groups.Order(), (await aws.Actuator.ReadAsync(Here, [Id(0)], default)).Single().Interfaces[0].Groups.Order());
    }

    [Fact]
    public async Task A_tag_is_removed_only_while_it_holds_the_value_that_was_set()
    {
        await using var aws = await StartAsync(Vms(1));
        await aws.Actuator.TagAsync(Here, Id(0), Tags("watchdog:case", "17"), default);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        await aws.Actuator.UntagAsync(Here, Id(0), Tags("watchdog:case", "18"), default);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("17", (await aws.Actuator.ReadAsync(Here, [Id(0)], default)).Single().Tags["watchdog:case"]);

        await aws.Actuator.UntagAsync(Here, Id(0), Tags("watchdog:case", "17"), default);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await aws.Actuator.ReadAsync(Here, [Id(0)], default)).Single().Tags.ContainsKey("watchdog:case"));
    }

    [Fact]
    public async Task Reading_answers_for_the_vms_that_exist_and_leaves_the_gone_out()
    {
        await using var aws = await StartAsync(Vms(300));

        var vms = await aws.Actuator.ReadAsync(Here, [.. Enumerable.Range(0, 300).Select(Id), Id(900)], default);

        Assert.Equal(300, vms.Count);
    }

    [Theory]
    [InlineData(FaultKind.LateDrop)]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.Unavailable)]
    public async Task A_change_whose_answer_is_lost_is_sent_once_and_called_transient(FaultKind kind)
    {
        await using var aws = await StartAsync(Vms(1));
        // Opens the connection: a stale one is what Core would send on again.
        await aws.Actuator.TagAsync(Here, Id(0), Tags("watchdog:a", "1"), default);
        aws.Region.Faults.FailNext("ec2:StopInstances", kind);

        var fault = await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.StopAsync(Here, [Id(0)], false, default));

        Assert.Equal(ActuatorError.Transient, fault.Error);
        Assert.Equal(1, aws.Region.CallCounts["ec2:StopInstances"]);
        Assert.Equal(1, aws.Calls.Calls["ec2:StopInstances"]);
    }

    [Fact]
    public async Task Failures_are_sorted_by_what_to_do_next()
    {
        await using var aws = await StartAsync(Vms(1));
        aws.Region.Faults.FailNext("ec2:StopInstances", FaultKind.Throttle);
        Assert.Equal(ActuatorError.Throttled, await StopFailsAsync(aws, Id(0)));
        Assert.Equal(ActuatorError.Gone, await StopFailsAsync(aws, Id(900)));
        aws.Region.Faults.DeniedActions["ec2:StopInstances"] = true;
        Assert.Equal(ActuatorError.Denied, await StopFailsAsync(aws, Id(0)));
        var nic = (await aws.Actuator.ReadAsync(Here, [Id(0)], default)).Single().Interfaces[0];
        var group = await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.SetGroupsAsync(Here, nic.InterfaceId, ["sg-00000000000000000"], default));
        Assert.Equal(ActuatorError.Configuration, group.Error);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_transient()
    {
        await using var aws = await StartAsync(Vms(1), ("Aws:TimeoutSeconds", "1"));
        aws.Region.Faults.HangFor = TimeSpan.FromSeconds(20);
        aws.Region.Faults.FailNext("ec2:StopInstances", FaultKind.Hang);

        Assert.Equal(ActuatorError.Transient, await StopFailsAsync(aws, Id(0)));
    }

    [Fact]
    public async Task A_cancelled_call_is_a_cancellation_and_no_failure()
    {
        await using var aws = await StartAsync(Vms(1));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => aws.Actuator.StopAsync(Here, [Id(0)], false, cancelled.Token));
    }

    private static Dictionary<string, string> Tags(string key, string value) => new() { [key] = value };

    private static async Task<ActuatorError> StopFailsAsync(SimulatedAws aws, string id) =>
        (await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.StopAsync(Here, [id], false, default))).Error;

    private static async Task<IEnumerable<string>> StatesAsync(SimulatedAws aws) =>
        (await aws.Actuator.ReadAsync(Here, [Id(0), Id(1)], default)).OrderBy(vm => vm.InstanceId).Select(vm => vm.State);
}
