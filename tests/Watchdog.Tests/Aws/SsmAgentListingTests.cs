using Watchdog.FleetSim.Failing;
using Watchdog.Inventory;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Agents;
using static Watchdog.Tests.Aws.SimulatedAws;

namespace Watchdog.Tests.Aws;

public class SsmAgentListingTests
{
    [Fact]
    public async Task Only_lost_agents_are_listed_fifty_a_page()
    {
        await using var aws = await StartAsync([.. Enumerable.Range(0, 130).Select(index =>
            Vm(index, new Steady { AgentUntil = index < 70 ? Start.AddMinutes(-30) : DateTimeOffset.MaxValue }))]);

        var lost = await aws.Get<IAgentListing>().LostAsync(Here, default);

        Assert.Equal(Enumerable.Range(0, 70).Select(Id), lost.Keys.Order(StringComparer.Ordinal));
        Assert.All(lost.Values, status => Assert.True(status is { State: AgentState.ConnectionLost, LastPing: { } ping } && ping <= Start.AddMinutes(-30)));
        Assert.Equal(2, aws.Region.CallCounts["ssm:DescribeInstanceInformation"]);
    }

    [Fact]
    public async Task A_listing_that_ssm_refuses_says_nothing_of_anybody()
    {
        await using var aws = await StartAsync(Vms(3));
        aws.Region.Faults.DeniedActions["ssm:DescribeInstanceInformation"] = true;

        await Assert.ThrowsAsync<FleetSourceException>(() => aws.Get<IAgentListing>().LostAsync(Here, default));
    }

    [Fact]
    public async Task What_is_announced_for_an_impaired_vm_comes_with_its_window()
    {
        await using var aws = await StartAsync([Vm(0, new Steady { Checks = _ => new(false, true, false, Start.AddMinutes(-1)) })]);
        aws.Region.Faults.Announced[Id(0)] = new("system-reboot", "scheduled reboot", Start, Start.AddHours(2));

        Assert.Equal([new ScheduledEvent("system-reboot", Start, Start.AddHours(2))], Assert.Single(await aws.Fleet.ListStatusAsync(Here, default)).Events);

        aws.Region.Faults.Announced[Id(0)] = new Announcement("system-reboot", "[Completed] scheduled reboot", Start, Start.AddHours(2));
        Assert.Empty(Assert.Single(await aws.Fleet.ListStatusAsync(Here, default)).Events);
    }
}
