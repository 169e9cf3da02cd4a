using System.Text.Json;
using Watchdog.FleetSim.Behaviours;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Behaviours;

/// <summary>What a quarantine does to a connected miner on a busy web server, as the agent and CloudWatch tell it.</summary>
public sealed class ContainedMinerTests
{
    [Theory]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    public async Task The_pool_is_lost_where_the_flow_is_cut_and_the_agent_answers_all_the_same(bool behindNat, bool twoSteps, bool cut)
    {
        await using var host = await Host.StartAsync([Miner(behindNat)]);
        var before = NetworkOut(host);
        Assert.True(await SeesPoolAsync(host));

        var eni = VmShape.InterfaceId(host.Region.State.Vms[0], 0);
        if (twoSteps)
            await MoveAsync(host, eni, GroupRole.Conversion);
        await MoveAsync(host, eni, GroupRole.Containment);

        Assert.Equal(!cut, await SeesPoolAsync(host));
        host.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.True(cut ? NetworkOut(host) < 20_000 : NetworkOut(host) > before / 2);
    }

    [Fact]
    public async Task A_direct_swap_cuts_a_flow_only_when_its_tracking_has_run_out()
    {
        await using var host = await Host.StartAsync([Miner(behindNat: false)]);
        await MoveAsync(host, VmShape.InterfaceId(host.Region.State.Vms[0], 0), GroupRole.Containment);
        Assert.True(await SeesPoolAsync(host));

        host.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.False(await SeesPoolAsync(host));
        Assert.True(NetworkOut(host) < 20_000);
    }

    private static SimulatedVm Miner(bool behindNat)
    {
        FullMiner miner = new(new Web(), "miner/plain", Disguise.None);
        for (ulong seed = 1; ; seed++)
        {
            SimulatedVm vm = new()
            {
                InstanceId = TestFleet.Id(0), Index = 0, Seed = seed, InstanceType = "m5.large", Vcpus = 2, ImageId = "ami-1", Owner = "ann", Plan = "pro",
                AvailabilityZone = "us-east-1a", LaunchTime = TestFleet.Start.AddDays(-1), Behaviour = miner, Onset = TestFleet.Start.AddHours(-1),
            };
            if (VmShape.BehindNat(vm) == behindNat && VmShape.InterfaceCount(vm) == 1
                && vm.Behaviour.LoadOf(new VmMoment(vm, TestFleet.Start, vm.LaunchTime, false)).NetworkOut > 1_000_000)
            {
                return vm;
            }
        }
    }

    private static double NetworkOut(Host host) => host.Region.State.Vms[0].Behaviour.LoadOf(host.Region.State.MomentAt(0, host.Now)!.Value).NetworkOut;

    private static Task<System.Xml.Linq.XElement> MoveAsync(Host host, string eni, GroupRole role)
    {
        var state = host.Region.State;
        var vpc = Network.VpcId(VmShape.Vpc(state.Vms[0], state.Network.VpcCount));
        return host.Ec2("ModifyNetworkInterfaceAttribute", ("NetworkInterfaceId", eni),
            ("SecurityGroupId.1", state.Network.Groups.Single(group => group.VpcId == vpc && group.Role == role).Id));
    }

    // By SSM, over 443: the containment group lets that through.
    private static async Task<bool> SeesPoolAsync(Host host)
    {
        var sent = await host.Ssm("SendCommand", new { DocumentName = "Watchdog-FleetInspect", InstanceIds = new[] { TestFleet.Id(0) } });
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        var read = await host.Ssm("GetCommandInvocation",
            new { CommandId = sent.GetProperty("Command").GetProperty("CommandId").GetString(), InstanceId = TestFleet.Id(0) });
        Assert.Equal("Success", read.GetProperty("Status").GetString());
        using var output = JsonDocument.Parse(read.GetProperty("StandardOutputContent").GetString()!);
        return output.RootElement.GetProperty("c").EnumerateArray()
            .Any(c => c.GetProperty("out").GetBoolean() && c.GetProperty("ip").GetString()!.StartsWith("203.0.113.", StringComparison.Ordinal));
    }
}
