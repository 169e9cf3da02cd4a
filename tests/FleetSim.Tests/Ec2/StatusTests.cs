using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Ec2;

public sealed class StatusTests
{
    private static readonly DateTimeOffset Since = TestFleet.Start.AddMinutes(-7);

    private static readonly PlainBehaviour Unreachable = new() { Checks = _ => new StatusChecks(true, false, false, Since) };
    private static readonly PlainBehaviour HostFault = new() { Checks = _ => new StatusChecks(true, true, false, Since) };
    private static readonly PlainBehaviour DiskFault = new() { Checks = _ => new StatusChecks(false, false, true, Since) };

    [Theory]
    [InlineData("instance-status.status", "impaired", new[] { 1, 2 })]
    [InlineData("instance-status.reachability", "failed", new[] { 1, 2 })]
    [InlineData("system-status.status", "impaired", new[] { 2 })]
    [InlineData("attached-ebs-status.status", "impaired", new[] { 3 })]
    [InlineData("instance-status.status", "ok", new[] { 0, 3 })]
    [InlineData("instance-status.status", "initializing", new[] { 4 })]
    public async Task Each_check_is_a_filter_of_its_own(string filter, string value, int[] expected)
    {
        await using var host = await Host.StartAsync(Fleet());
        var answer = await host.Ec2("DescribeInstanceStatus", Fields.Filter(1, filter, value));
        Assert.Equal(expected.Select(TestFleet.Id), answer.Ids());
    }

    [Fact]
    public async Task An_impaired_check_says_since_when()
    {
        await using var host = await Host.StartAsync(Fleet());
        var answer = await host.Ec2("DescribeInstanceStatus", ("InstanceId.1", TestFleet.Id(1)));
        var status = answer.Descendants("instanceStatus").Single();
        Assert.Equal("impaired", status.Element("status")!.Value);
        Assert.Equal("2026-03-02T09:53:00.000Z", status.Descendants("impairedSince").Single().Value);
        Assert.Empty(answer.Descendants("systemStatus").Single().Descendants("impairedSince"));
    }

    [Fact]
    public async Task Only_running_VMs_are_listed_unless_all_are_asked_for()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(3));
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(1)));
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, (await host.Ec2("DescribeInstanceStatus")).Ids().Length);
        var all = await host.Ec2("DescribeInstanceStatus", ("IncludeAllInstances", "true"));
        Assert.Equal(3, all.Ids().Length);
        Assert.Single(all.Descendants("instanceStatus"), s => s.Element("status")!.Value == "not-applicable");
    }

    private static SimulatedVm[] Fleet() =>
    [
        TestFleet.Vm(0), TestFleet.Vm(1, Unreachable), TestFleet.Vm(2, HostFault), TestFleet.Vm(3, DiskFault),
        TestFleet.Vm(4, Unreachable, launch: TestFleet.Start.AddSeconds(-60)),
    ];
}
