using System.Xml.Linq;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Ec2;

public sealed class GuardTests
{
    private static readonly SimulatedRegionOptions Plain = new() { RealTokenBuckets = false, TerminationProtectedShare = 0, ElasticAddressShare = 1 };

    [Theory]
    [InlineData("disableApiTermination", "DisableApiTermination.Value", "false", "true")]
    [InlineData("disableApiStop", "DisableApiStop.Value", "false", "true")]
    [InlineData("instanceInitiatedShutdownBehavior", "InstanceInitiatedShutdownBehavior.Value", "stop", "terminate")]
    public async Task An_attribute_is_read_as_it_was_set_a_little_later(string name, string field, string before, string after)
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0)], Plain);
        Assert.Equal(before, await Attribute(host, name));

        await host.Ec2("ModifyInstanceAttribute", ("InstanceId", TestFleet.Id(0)), (field, after));
        Assert.Equal(before, await Attribute(host, name));
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(after, await Attribute(host, name));
    }

    [Fact]
    public async Task A_stop_protected_vm_spoils_the_stop_of_all()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(2), Plain);
        await host.Ec2("ModifyInstanceAttribute", ("InstanceId", TestFleet.Id(1)), ("DisableApiStop.Value", "true"));

        var failure = await host.Ec2Fails("StopInstances", ("InstanceId.1", TestFleet.Id(0)), ("InstanceId.2", TestFleet.Id(1)));

        Assert.Equal("OperationNotPermitted", failure.Code);
        Assert.Equal(PowerState.Running, host.Region.State.StateOf(0));
    }

    [Fact]
    public async Task A_shutdown_from_inside_does_what_the_attribute_says()
    {
        PlainBehaviour off = new() { Owner = [new OwnerAction(TestFleet.Start.AddMinutes(5), PowerAction.Shutdown)] };
        await using var host = await Host.StartAsync([TestFleet.Vm(0, off), TestFleet.Vm(1, off)], Plain);
        await host.Ec2("ModifyInstanceAttribute", ("InstanceId", TestFleet.Id(1)), ("InstanceInitiatedShutdownBehavior.Value", "terminate"));

        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await host.Ec2("DescribeInstances", ("InstanceId.1", TestFleet.Id(0)));

        Assert.Equal((PowerState.Stopped, PowerState.Terminated), (host.Region.State.StateOf(0), host.Region.State.StateOf(1)));
    }

    [Fact]
    public async Task Spot_vms_are_not_protected_and_only_those_made_for_it_hibernate()
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0)], Plain with { SpotShare = 1 });
        Assert.Equal("UnsupportedOperation", (await host.Ec2Fails("ModifyInstanceAttribute", ("InstanceId", TestFleet.Id(0)), ("DisableApiStop.Value", "true"))).Code);
        await using var sleepers = await Host.StartAsync([TestFleet.Vm(0)], Plain with { HibernationShare = 1 });
        await sleepers.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)), ("Hibernate", "true"));
        sleepers.Clock.Advance(TimeSpan.FromMinutes(2));
        var asleep = await sleepers.Ec2("DescribeInstances", ("InstanceId.1", TestFleet.Id(0)));
        Assert.Equal("stopped", asleep.Descendants("instanceState").Single().Element("name")!.Value);
        Assert.Equal("Client.UserInitiatedHibernate", asleep.Descendants("stateReason").Single().Element("code")!.Value);
        await using var others = await Host.StartAsync([TestFleet.Vm(0)], Plain);
        Assert.Equal("UnsupportedHibernationConfiguration", (await others.Ec2Fails("StopInstances", ("InstanceId.1", TestFleet.Id(0)), ("Hibernate", "true"))).Code);
    }

    [Fact]
    public async Task An_address_that_went_and_came_back_has_a_new_association_and_is_the_same_address()
    {
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => !VmShape.BehindNat(vm) && VmShape.InterfaceCount(vm) == 2)], Plain);
        var before = await Address(host);
        Assert.Equal(before.Element("publicIp")!.Value, await PublicIp(host));

        await host.Ec2("DisassociateAddress", ("AssociationId", Text(before, "associationId")));
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null((await host.Ec2("DescribeAddresses")).Descendants("associationId").FirstOrDefault());
        Assert.Null(await PublicIp(host));
        Assert.Equal("InvalidAssociationID.NotFound", (await host.Ec2Fails("DisassociateAddress", ("AssociationId", Text(before, "associationId")))).Code);

        (string, string)[] back =
        [
            ("AllocationId", Text(before, "allocationId")), ("NetworkInterfaceId", Text(before, "networkInterfaceId")),
            ("PrivateIpAddress", Text(before, "privateIpAddress")), ("AllowReassociation", "false"),
        ];
        var made = await host.Ec2("AssociateAddress", back);
        Assert.Equal(made.Element("associationId")!.Value, (await host.Ec2("AssociateAddress", back)).Element("associationId")!.Value);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        var after = await Address(host);
        Assert.NotEqual(Text(before, "associationId"), Text(after, "associationId"));
        Assert.Equal(Text(made, "associationId"), Text(after, "associationId"));
        Assert.Equal(Text(before, "publicIp"), await PublicIp(host));
    }

    [Fact]
    public async Task A_vm_with_one_interface_gets_another_address_for_the_one_that_it_lost()
    {
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => !VmShape.BehindNat(vm) && VmShape.InterfaceCount(vm) == 1)], Plain);
        var before = await Address(host);

        await host.Ec2("DisassociateAddress", ("AssociationId", Text(before, "associationId")));
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.NotNull(await PublicIp(host));
        Assert.NotEqual(Text(before, "publicIp"), await PublicIp(host));
    }

    [Fact]
    public async Task An_address_is_not_taken_from_another_unless_that_is_asked_for()
    {
        static bool IsPublic(SimulatedVm vm) => !VmShape.BehindNat(vm) && VmShape.InterfaceCount(vm) == 1;
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, IsPublic), TestFleet.VmWith(1, IsPublic)], Plain);
        var items = (await host.Ec2("DescribeAddresses")).Element("addressesSet")!.Elements("item").ToList();
        (string, string)[] ask = [("AllocationId", Text(items[0], "allocationId")), ("NetworkInterfaceId", Text(items[1], "networkInterfaceId"))];

        Assert.Equal("Resource.AlreadyAssociated", (await host.Ec2Fails("AssociateAddress", [.. ask, ("AllowReassociation", "false")])).Code);
        await host.Ec2("DisassociateAddress", ("AssociationId", Text(items[0], "associationId")));
        Assert.Equal("Resource.AlreadyAssociated", (await host.Ec2Fails("AssociateAddress", [.. ask, ("AllowReassociation", "false")])).Code);
        Assert.Equal("InvalidAllocationID.NotFound",
            (await host.Ec2Fails("AssociateAddress", ("AllocationId", "eipalloc-0123456789abcdef0"), ("NetworkInterfaceId", Text(items[1], "networkInterfaceId")))).Code);
        await host.Ec2("DisassociateAddress", ("AssociationId", Text(items[1], "associationId")));
        await host.Ec2("AssociateAddress", [.. ask, ("AllowReassociation", "false")]);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        var moved = (await host.Ec2("DescribeAddresses", Fields.Filter(1, "instance-id", TestFleet.Id(1)))).Descendants("publicIp").Single();
        Assert.Equal(Text(items[0], "publicIp"), moved.Value);
    }

    [Fact]
    public async Task A_replaced_profile_has_a_new_association_and_shows_in_the_listing()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(3), Plain);
        var before = await Profile(host);
        var empty = $"arn:aws:iam::{Plain.AccountId}:instance-profile/watchdog-empty";

        var answer = await host.Ec2("ReplaceIamInstanceProfileAssociation", ("AssociationId", Text(before, "associationId")), ("IamInstanceProfile.Arn", empty));
        Assert.Equal("associating", answer.Descendants("state").Single().Value);
        host.Clock.Advance(TimeSpan.FromSeconds(10));

        var after = await Profile(host);
        Assert.Equal((empty, "associated"), (after.Descendants("arn").Single().Value, Text(after, "state")));
        Assert.NotEqual(Text(before, "associationId"), Text(after, "associationId"));
        var listed = await host.Ec2("DescribeInstances", ("InstanceId.1", TestFleet.Id(1)));
        Assert.Equal(empty, listed.Descendants("iamInstanceProfile").Single().Element("arn")!.Value);
        Assert.Equal("InvalidAssociationID.NotFound",
            (await host.Ec2Fails("ReplaceIamInstanceProfileAssociation", ("AssociationId", Text(before, "associationId")), ("IamInstanceProfile.Arn", empty))).Code);
        await host.Ec2("ReplaceIamInstanceProfileAssociation", ("AssociationId", Text(after, "associationId")), ("IamInstanceProfile.Name", "workspace"));
        Assert.Equal("InvalidParameterValue",
            (await host.Ec2Fails("ReplaceIamInstanceProfileAssociation", ("AssociationId", Text(after, "associationId")), ("IamInstanceProfile.Name", "other"))).Code);
    }

    [Fact]
    public async Task A_vm_without_a_profile_has_no_association()
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0)], Plain with { ProfileShare = 0 });

        Assert.Empty((await host.Ec2("DescribeIamInstanceProfileAssociations")).Descendants("item"));
        Assert.Empty((await host.Ec2("DescribeInstances", ("InstanceId.1", TestFleet.Id(0)))).Descendants("iamInstanceProfile"));
    }

    [Fact]
    public async Task A_running_vm_has_a_screen_and_bare_metal_has_none()
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0), TestFleet.Vm(1, type: "m5.metal")], Plain);

        var picture = Convert.FromBase64String((await host.Ec2("GetConsoleScreenshot", ("InstanceId", TestFleet.Id(0)))).Element("imageData")!.Value);

        Assert.Equal([0xFF, 0xD8, 0xFF, 0xFE], picture[..4]);
        Assert.Equal([0xFF, 0xD9], picture[^2..]);
        Assert.Equal("UnsupportedOperation", (await host.Ec2Fails("GetConsoleScreenshot", ("InstanceId", TestFleet.Id(1)))).Code);
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        Assert.Equal("IncorrectInstanceState", (await host.Ec2Fails("GetConsoleScreenshot", ("InstanceId", TestFleet.Id(0)))).Code);
    }

    private static string Text(XElement item, string name) => item.Descendants(name).First().Value;

    private static async Task<string> Attribute(Host host, string name) =>
        (await host.Ec2("DescribeInstanceAttribute", ("InstanceId", TestFleet.Id(0)), ("Attribute", name))).Element(name)!.Element("value")!.Value;

    private static async Task<XElement> Address(Host host) =>
        (await host.Ec2("DescribeAddresses", Fields.Filter(1, "instance-id", TestFleet.Id(0)))).Element("addressesSet")!.Elements("item").Single();

    private static async Task<string?> PublicIp(Host host) =>
        (await host.Ec2("DescribeInstances", ("InstanceId.1", TestFleet.Id(0)))).Descendants("ipAddress").SingleOrDefault()?.Value;

    private static async Task<XElement> Profile(Host host) =>
        (await host.Ec2("DescribeIamInstanceProfileAssociations", Fields.Filter(1, "instance-id", TestFleet.Id(1))))
            .Element("iamInstanceProfileAssociationSet")!.Elements("item").Single();
}
