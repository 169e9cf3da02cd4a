using Watchdog.Enforcement;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Failing;
using static Watchdog.Tests.Aws.SimulatedAws;

namespace Watchdog.Tests.Aws;

public class Ec2ActuatorGuardsTests
{
    private static readonly SimulatedRegionOptions Guarded = new() { ElasticAddressShare = 1, TerminationProtectedShare = 0 };
    private static readonly string Empty = $"arn:aws:iam::{Guarded.AccountId}:instance-profile/watchdog-empty";

    [Fact]
    public async Task Protections_and_shutdown_behaviour_are_read_as_they_were_set()
    {
        await using var aws = await StartAsync(Vms(1), Guarded);
        var before = await aws.Actuator.ReadGuardsAsync(Here, Id(0), default);
        Assert.Equal((false, false, "stop"), (before.TerminationProtected, before.StopProtected, before.ShutdownBehaviour));

        await aws.Actuator.SetTerminationProtectionAsync(Here, Id(0), true, default);
        await aws.Actuator.SetStopProtectionAsync(Here, Id(0), true, default);
        await aws.Actuator.SetShutdownBehaviourAsync(Here, Id(0), "terminate", default);
        aws.Clock.Advance(TimeSpan.FromSeconds(5));
        var after = await aws.Actuator.ReadGuardsAsync(Here, Id(0), default);
        Assert.Equal((true, true, "terminate"), (after.TerminationProtected, after.StopProtected, after.ShutdownBehaviour));

        var refused = await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.StopAsync(Here, [Id(0)], false, default));
        Assert.Equal((ActuatorError.WrongState, "OperationNotPermitted"), (refused.Error, refused.Code));
    }

    [Fact]
    public async Task An_elastic_ip_goes_and_comes_back_to_where_it_was()
    {
        await using var aws = await StartAsync(Vms(8), Guarded);
        var (vm, held) = await WithAddressAsync(aws);

        await aws.Actuator.DisassociateAddressAsync(Here, held.AssociationId, default);
        aws.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty((await aws.Actuator.ReadGuardsAsync(Here, vm, default)).Addresses);
        var ended = await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.DisassociateAddressAsync(Here, held.AssociationId, default));
        Assert.Equal(ActuatorError.WrongState, ended.Error);

        await aws.Actuator.AssociateAddressAsync(Here, held.AllocationId, held.InterfaceId, held.PrivateIp, default);
        await aws.Actuator.AssociateAddressAsync(Here, held.AllocationId, held.InterfaceId, held.PrivateIp, default);
        aws.Clock.Advance(TimeSpan.FromSeconds(5));
        var back = Assert.Single((await aws.Actuator.ReadGuardsAsync(Here, vm, default)).Addresses);
        Assert.NotEqual(held.AssociationId, back.AssociationId);
        Assert.Equal(held with { AssociationId = back.AssociationId }, back);
    }

    [Fact]
    public async Task An_elastic_ip_that_somebody_else_has_by_now_is_left_to_him()
    {
        await using var aws = await StartAsync(Vms(8), Guarded);
        var (vm, held) = await WithAddressAsync(aws);
        var (_, other) = await WithAddressAsync(aws, except: vm);

        var taken = await Assert.ThrowsAsync<ActuatorException>(
            () => aws.Actuator.AssociateAddressAsync(Here, held.AllocationId, other.InterfaceId, other.PrivateIp, default));

        Assert.Equal((ActuatorError.WrongState, "Resource.AlreadyAssociated"), (taken.Error, taken.Code));
    }

    [Fact]
    public async Task A_profile_is_replaced_under_a_new_association()
    {
        await using var aws = await StartAsync(Vms(2), Guarded);
        var held = (await aws.Actuator.ReadGuardsAsync(Here, Id(1), default)).Profile!;

        await aws.Actuator.ReplaceProfileAsync(Here, held.AssociationId, Empty, default);
        aws.Clock.Advance(TimeSpan.FromSeconds(10));

        var after = (await aws.Actuator.ReadGuardsAsync(Here, Id(1), default)).Profile!;
        Assert.Equal(Empty, after.Arn);
        Assert.NotEqual(held.AssociationId, after.AssociationId);
        Assert.Equal(Empty, (await aws.Actuator.ReadAsync(Here, [Id(1)], default)).Single().InstanceProfileArn);
        var gone = await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.ReplaceProfileAsync(Here, held.AssociationId, held.Arn, default));
        Assert.Equal(ActuatorError.WrongState, gone.Error);
    }

    [Fact]
    public async Task A_vm_without_address_and_profile_has_none()
    {
        await using var aws = await StartAsync(Vms(1), new SimulatedRegionOptions { ElasticAddressShare = 0, ProfileShare = 0 });

        var guards = await aws.Actuator.ReadGuardsAsync(Here, Id(0), default);

        Assert.Empty(guards.Addresses);
        Assert.Null(guards.Profile);
    }

    [Fact]
    public async Task Guards_of_a_gone_vm_are_gone()
    {
        await using var aws = await StartAsync(Vms(1), Guarded);

        var gone = await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.ReadGuardsAsync(Here, Id(900), default));

        Assert.Equal(ActuatorError.Gone, gone.Error);
    }

    [Fact]
    public async Task Snapshots_are_found_by_their_operation_even_when_the_answer_was_lost()
    {
        await using var aws = await StartAsync(Vms(2), Guarded);
        Guid operation = new("5b1f5a3e-7c0d-4a51-9a63-0d5f4f3f2a11");
        Assert.Empty(await aws.Actuator.FindSnapshotsAsync(Here, operation, default));
        aws.Region.Faults.FailNext("ec2:CreateSnapshots", FaultKind.LateDrop);

        await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.SnapshotAsync(Here, Id(0), operation, "case 17", default));
        await aws.Actuator.SnapshotAsync(Here, Id(1), Guid.Empty, "case 18", default);
        aws.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Single(await aws.Actuator.FindSnapshotsAsync(Here, operation, default));
        Assert.Equal(2, aws.Region.CallCounts["ec2:CreateSnapshots"]);
    }

    [Fact]
    public async Task A_screenshot_is_a_jpeg_where_there_is_a_screen_and_nothing_where_there_is_none()
    {
        await using var aws = await StartAsync(Vms(1), Guarded);
        Assert.Equal([0xFF, 0xD8], (await aws.Actuator.ScreenshotAsync(Here, Id(0), default))![..2]);

        await aws.Actuator.StopAsync(Here, [Id(0)], force: true, default);
        Assert.Null(await aws.Actuator.ScreenshotAsync(Here, Id(0), default));
        aws.Region.Faults.DeniedActions["ec2:GetConsoleScreenshot"] = true;
        Assert.Equal(ActuatorError.Denied, (await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.ScreenshotAsync(Here, Id(0), default))).Error);
    }

    [Fact]
    public async Task Groups_are_checked_without_being_set()
    {
        await using var aws = await StartAsync(Vms(1), Guarded);
        var vm = (await aws.Actuator.ReadAsync(Here, [Id(0)], default)).Single();
        var containment = await aws.Actuator.FindGroupsAsync(Here, vm.VpcId!, "quarantine", default);

        await aws.Actuator.CheckGroupsAsync(Here, vm.Interfaces[0].InterfaceId, containment, default);
        aws.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(vm.Interfaces[0].Groups, (await aws.Actuator.ReadAsync(Here, [Id(0)], default)).Single().Interfaces[0].Groups);

        Assert.Equal(ActuatorError.Configuration, await CheckFailsAsync(vm.Interfaces[0].InterfaceId, "sg-00000000000000000"));
        Assert.Equal(ActuatorError.Gone, await CheckFailsAsync("eni-00000000000000000", containment[0]));
        aws.Region.Faults.DeniedActions["ec2:ModifyNetworkInterfaceAttribute"] = true;
        Assert.Equal(ActuatorError.Denied, await CheckFailsAsync(vm.Interfaces[0].InterfaceId, containment[0]));

        async Task<ActuatorError> CheckFailsAsync(string card, string group) =>
            (await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.CheckGroupsAsync(Here, card, [group], default))).Error;
    }

    [Fact]
    public async Task Many_vms_are_stopped_in_one_call_and_one_bad_id_stops_none()
    {
        await using var aws = await StartAsync(Vms(3), Guarded);
        await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.StopAsync(Here, [Id(0), Id(900)], false, default));
        Assert.Equal("running", (await aws.Actuator.ReadAsync(Here, [Id(0)], default)).Single().State);

        await aws.Actuator.StopAsync(Here, [Id(0), Id(1), Id(2)], false, default);
        aws.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.All(await aws.Actuator.ReadAsync(Here, [Id(0), Id(1), Id(2)], default), vm => Assert.Equal("stopped", vm.State));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => aws.Actuator.StopAsync(Here, [], false, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => aws.Actuator.StopAsync(Here, [.. Enumerable.Range(0, 1001).Select(Id)], false, default));
        Assert.Equal(ActuatorError.WrongState, (await Assert.ThrowsAsync<ActuatorException>(() => aws.Actuator.RebootAsync(Here, Id(0), default))).Error);
    }

    private static async Task<(string Vm, HeldAddress Held)> WithAddressAsync(SimulatedAws aws, string? except = null)
    {
        foreach (var id in Enumerable.Range(0, 8).Select(Id).Where(id => id != except))
        {
            if ((await aws.Actuator.ReadGuardsAsync(Here, id, default)).Addresses is [var held])
            {
                return (id, held);
            }
        }

        throw new InvalidOperationException("no VM has an address");
    }
}
