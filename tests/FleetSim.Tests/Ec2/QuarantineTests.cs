using System.Text.Json;
using System.Xml.Linq;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Ec2;

public sealed class QuarantineTests
{
    [Fact]
    public async Task Containment_groups_are_found_by_tag_and_VPC()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1), new SimulatedRegionOptions { VpcWithoutContainment = 1, RealTokenBuckets = false });
        var quarantine = await host.Ec2("DescribeSecurityGroups", Fields.Filter(1, "tag:watchdog:role", "quarantine"));
        Assert.Equal([Network.VpcId(0), Network.VpcId(2)], quarantine.Descendants("vpcId").Select(e => e.Value));
        var conversion = await host.Ec2("DescribeSecurityGroups",
            [.. Fields.Filter(1, "tag:watchdog:role", "conversion"), .. Fields.Filter(2, "vpc-id", Network.VpcId(1))]);
        Assert.Equal("0.0.0.0/0", conversion.Descendants("ipPermissions").Single().Descendants("cidrIp").Single().Value);
    }

    [Fact]
    public async Task A_change_replaces_the_whole_set_of_one_interface_and_is_seen_later()
    {
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => VmShape.InterfaceCount(vm) == 2)]);
        var groups = await GroupsOfVm(host);
        await Modify(host, groups.Interfaces[1], groups.Containment);
        Assert.DoesNotContain(groups.Containment, await GroupsOf(host, 1));
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([groups.Containment], await GroupsOf(host, 1));
        Assert.DoesNotContain(groups.Containment, await GroupsOf(host, 0));
    }

    [Fact]
    public async Task Wrong_groups_and_interfaces_are_refused()
    {
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => VmShape.Vpc(vm, 3) == 0)]);
        var groups = await GroupsOfVm(host);
        var eni = ("NetworkInterfaceId", groups.Interfaces[0]);
        Assert.Equal("InvalidNetworkInterfaceID.NotFound",
            (await host.Ec2Fails("ModifyNetworkInterfaceAttribute", ("NetworkInterfaceId", "eni-0123456789abcdef0"), ("SecurityGroupId.1", groups.Containment))).Code);
        Assert.Equal("InvalidGroup.NotFound", (await host.Ec2Fails("ModifyNetworkInterfaceAttribute", eni, ("SecurityGroupId.1", "sg-0123456789abcdef0"))).Code);
        var elsewhere = host.Region.State.Network.Groups.First(g => g.VpcId == Network.VpcId(1)).Id;
        Assert.Equal("InvalidGroup.NotFound", (await host.Ec2Fails("ModifyNetworkInterfaceAttribute", eni, ("SecurityGroupId.1", elsewhere))).Code);
        var six = host.Region.State.Network.Groups.Where(g => g.VpcId == Network.VpcId(0)).Select(g => g.Id).Take(6).ToList();
        Assert.Equal("SecurityGroupsPerInterfaceLimitExceeded",
            (await host.Ec2Fails("ModifyNetworkInterfaceAttribute", [eni, .. Fields.Numbered("SecurityGroupId", six)])).Code);
        var dry = await host.Ec2Fails("ModifyNetworkInterfaceAttribute", eni, ("SecurityGroupId.1", groups.Containment), ("DryRun", "true"));
        Assert.Equal((412, "DryRunOperation"), (dry.Status, dry.Code));
    }

    [Fact]
    public async Task Groups_of_a_VM_with_several_interfaces_cannot_be_set_on_the_instance()
    {
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => VmShape.InterfaceCount(vm) > 1)]);
        var groups = await GroupsOfVm(host);
        Assert.Equal("InvalidInstanceID",
            (await host.Ec2Fails("ModifyInstanceAttribute", ("InstanceId", TestFleet.Id(0)), ("GroupId.1", groups.Containment))).Code);
    }

    [Theory]
    [InlineData(true, false, 1, true)]
    [InlineData(false, false, 1, false)]
    [InlineData(false, false, 12, true)]
    [InlineData(true, true, 60, false)]
    public async Task Flows_survive_a_direct_swap_and_always_behind_NAT(bool throughConversion, bool behindNat, int minutesLater, bool cut)
    {
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => VmShape.BehindNat(vm) == behindNat && VmShape.InterfaceCount(vm) == 1)]);
        var groups = await GroupsOfVm(host);
        if (throughConversion)
            await Modify(host, groups.Interfaces[0], groups.Conversion);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(host.Region.State.AreFlowsCut(0));
        await Modify(host, groups.Interfaces[0], groups.Containment);
        host.Clock.Advance(TimeSpan.FromMinutes(minutesLater));
        Assert.True(host.Region.State.IsContained(0));
        Assert.Equal(cut, host.Region.State.AreFlowsCut(0));
    }

    [Fact]
    public async Task An_isolated_VM_shows_it_inside_and_its_agent_still_answers()
    {
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => !VmShape.BehindNat(vm) && VmShape.InterfaceCount(vm) == 2)]);
        var groups = await GroupsOfVm(host);
        foreach (var eni in groups.Interfaces)
        {
            Assert.True(await ConnectionIsOpen(host));
            await Modify(host, eni, groups.Conversion);
            await Modify(host, eni, groups.Containment);
        }

        Assert.False(await ConnectionIsOpen(host));
        await Modify(host, groups.Interfaces[0], groups.Conversion);
        Assert.True(await ConnectionIsOpen(host));
    }

    [Fact]
    public async Task Stopping_and_starting_a_contained_VM_ends_what_was_tracked()
    {
        await using var host = await Host.StartAsync([TestFleet.VmWith(0, vm => VmShape.BehindNat(vm) && VmShape.InterfaceCount(vm) == 1)]);
        var groups = await GroupsOfVm(host);
        await Modify(host, groups.Interfaces[0], groups.Containment);
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.Ec2("StartInstances", ("InstanceId.1", TestFleet.Id(0)));
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(host.Region.State.AreFlowsCut(0));
    }

    private static async Task<bool> ConnectionIsOpen(Host host)
    {
        var sent = await host.Ssm("SendCommand", new { DocumentName = "Watchdog-FleetInspect", InstanceIds = new[] { TestFleet.Id(0) } });
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        var read = await host.Ssm("GetCommandInvocation", new { CommandId = sent.GetProperty("Command").GetProperty("CommandId").GetString(), InstanceId = TestFleet.Id(0) });
        using var output = JsonDocument.Parse(read.GetProperty("StandardOutputContent").GetString()!);
        return output.RootElement.GetProperty("c")[0].GetProperty("out").GetBoolean();
    }

    private static Task<XElement> Modify(Host host, string eni, string group) =>
        host.Ec2("ModifyNetworkInterfaceAttribute", ("NetworkInterfaceId", eni), ("SecurityGroupId.1", group));

    private static async Task<string[]> GroupsOf(Host host, int device)
    {
        var answer = await host.Ec2("DescribeInstances", ("InstanceId.1", TestFleet.Id(0)));
        return [.. answer.Descendants("networkInterfaceSet").Single().Elements("item").ElementAt(device).Element("groupSet")!.Descendants("groupId").Select(e => e.Value)];
    }

    private static async Task<(string[] Interfaces, string Containment, string Conversion)> GroupsOfVm(Host host)
    {
        var answer = await host.Ec2("DescribeInstances", ("InstanceId.1", TestFleet.Id(0)));
        var vpc = answer.Descendants("vpcId").First().Value;
        var groups = await host.Ec2("DescribeSecurityGroups", Fields.Filter(1, "vpc-id", vpc));
        string Role(string role) => groups.Descendants("item").First(g => g.Element("tagSet")?.Descendants("value").Any(v => v.Value == role) == true)
            .Element("groupId")!.Value;
        return ([.. answer.Descendants("networkInterfaceId").Select(e => e.Value)], Role("quarantine"), Role("conversion"));
    }
}
