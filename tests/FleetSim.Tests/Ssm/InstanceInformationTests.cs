using System.Text.Json;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Ssm;

public sealed class InstanceInformationTests
{
    [Fact]
    public async Task Pings_come_each_five_minutes_and_silence_is_a_lost_connection()
    {
        await using var host = await Host.StartAsync(
        [
            TestFleet.Vm(0), TestFleet.Vm(1, new PlainBehaviour { Agent = at => at.At < TestFleet.Start.AddMinutes(-30) }),
            TestFleet.Vm(2, new PlainBehaviour { Agent = _ => false }), TestFleet.Vm(3),
        ]);
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(3)));
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        var all = await List(host, new { MaxResults = 50 });
        Assert.Equal([TestFleet.Id(0), TestFleet.Id(1), TestFleet.Id(3)], all.Select(i => i.Id));
        Assert.Equal(["Online", "ConnectionLost", "ConnectionLost"], all.Select(i => i.Status));
        Assert.InRange(host.Now - all[0].Ping, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.InRange(host.Now - all[1].Ping, TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(45));
        var lost = await List(host, new { MaxResults = 50, Filters = Filter("PingStatus", "ConnectionLost") });
        Assert.Equal([TestFleet.Id(1), TestFleet.Id(3)], lost.Select(i => i.Id));
    }

    [Fact]
    public async Task The_last_ping_of_a_silent_agent_stays_what_it_was()
    {
        // The second had come up only minutes before.
        static PlainBehaviour Silent() => new() { Agent = at => at.At < TestFleet.Start.AddMinutes(3) && (at.At - at.RunningSince).TotalMinutes > 1 };
        await using var host = await Host.StartAsync([TestFleet.Vm(0, Silent()), TestFleet.Vm(1, Silent(), launch: TestFleet.Start.AddMinutes(-12))]);
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        var first = (await List(host, new { })).ConvertAll(agent => agent.Ping);
        Assert.Equal(2, first.Count);
        for (var passed = 0; passed < 30; passed++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(17));
            Assert.Equal(first, (await List(host, new { })).ConvertAll(agent => agent.Ping));
        }
    }

    [Fact]
    public async Task A_started_VM_pings_when_it_comes_up()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(0)));
        host.Clock.Advance(TimeSpan.FromMinutes(20));
        await host.Ec2("StartInstances", ("InstanceId.1", TestFleet.Id(0)));
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("Online", Assert.Single(await List(host, new { })).Status);
    }

    [Fact]
    public async Task Pages_hold_5_to_50_and_yield_every_node_once()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(123));
        for (var size = 5; size <= 50; size += 9)
        {
            var ids = new List<string>();
            string? token = null;
            do
            {
                var page = await host.Ssm("DescribeInstanceInformation", new { MaxResults = size, NextToken = token });
                ids.AddRange(Read(page).Select(i => i.Id));
                token = page.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
            }
            while (token is not null);
            Assert.Equal(Enumerable.Range(0, 123).Select(TestFleet.Id), ids);
        }

        Assert.Equal("ValidationException", (await host.SsmFails("DescribeInstanceInformation", new { MaxResults = 51 })).Code);
        Assert.Equal("InvalidFilterKey", (await host.SsmFails("DescribeInstanceInformation",
            new { Filters = Filter("Colour", "red") })).Code);
        Assert.Equal("InvalidNextToken", (await host.SsmFails("DescribeInstanceInformation", new { NextToken = "made up" })).Code);
    }

    private static object[] Filter(string key, params string[] values) => [new { Key = key, Values = values }];

    private static async Task<List<(string Id, string Status, DateTimeOffset Ping)>> List(Host host, object body) =>
        Read(await host.Ssm("DescribeInstanceInformation", body));

    private static List<(string Id, string Status, DateTimeOffset Ping)> Read(JsonElement page) =>
        [.. page.GetProperty("InstanceInformationList").EnumerateArray().Select(i => (i.GetProperty("InstanceId").GetString()!,
            i.GetProperty("PingStatus").GetString()!, DateTimeOffset.FromUnixTimeMilliseconds((long)(i.GetProperty("LastPingDateTime").GetDouble() * 1000))))];
}
