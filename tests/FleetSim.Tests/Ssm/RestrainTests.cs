using System.Text.Json;
using Watchdog.FleetSim.Behaviours;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Ssm;

/// <summary>The restraining document: what it lets in, and what it does to a guest and to its metrics.</summary>
public sealed class RestrainTests
{
    private const string Operation = "0b7a2a52-0000-4000-8000-000000000001";

    [Fact]
    public async Task A_capped_runaway_falls_to_its_cap_and_rises_again_when_it_is_lifted()
    {
        await using var host = await Host.StartAsync([Vm(Cast.OneCoreRunaways[0])]);
        var (pid, start) = await Busiest(host);
        var free = CpuAfter(host, TimeSpan.Zero);

        var capped = await Run(host, "cap", pid, start);
        Assert.Equal(("capped", "20000 100000", "max"), (Text(capped, "state"), Text(capped, "cpu"), Text(capped, "tasks")));
        Assert.Equal((Operation, pid, start), (Text(capped, "operation"), capped.GetProperty("pid").GetInt32(), capped.GetProperty("start").GetInt64()));
        var tied = CpuAfter(host, TimeSpan.FromMinutes(20));
        Assert.InRange(free - tied, 25, 60);
        var again = await Run(host, "cap", pid, start);
        var share = (again.GetProperty("used").GetInt64() - capped.GetProperty("used").GetInt64()) / 100.0
            / (again.GetProperty("up").GetDouble() - capped.GetProperty("up").GetDouble());
        Assert.InRange(share, 0.19, 0.21);

        Assert.Equal("lifted", Text(await Run(host, "lift", pid, start), "state"));
        Assert.InRange(CpuAfter(host, TimeSpan.FromMinutes(20)) - tied, 25, 60);
        Assert.Equal("lifted", Text(await Run(host, "lift", pid, start), "state"));
    }

    [Fact]
    public async Task An_ended_process_is_gone_and_its_load_with_it()
    {
        await using var host = await Host.StartAsync([Vm(Cast.OneCoreRunaways[0])]);
        var (pid, start) = await Busiest(host);
        var free = CpuAfter(host, TimeSpan.Zero);

        Assert.Equal("ended", Text(await Run(host, "end", pid, start), "state"));
        Assert.Equal("gone", Text(await Run(host, "end", pid, start), "state"));
        Assert.InRange(free - CpuAfter(host, TimeSpan.FromMinutes(20)), 30, 60);
        Assert.NotEqual(pid, (await Busiest(host)).Pid);
    }

    [Fact]
    public async Task A_capped_bomb_starts_nothing_new_and_its_network_comes_back()
    {
        await using var host = await Host.StartAsync([Vm(Cast.CappedBombs[0])]);
        var (pid, start) = await Busiest(host, bomb: true);

        var capped = await Run(host, "cap", pid, start, "crowd");

        Assert.Equal(("capped", "1"), (Text(capped, "state"), Text(capped, "tasks")));
        Assert.InRange(CpuAfter(host, TimeSpan.FromMinutes(20)), 0, 60);
        var look = await Look(host);
        Assert.InRange(look.GetProperty("forks").GetDouble(), 0, 10);
        Assert.Equal("refused", Text(await Run(host, "end", pid, start, "crowd"), "state"));
    }

    [Fact]
    public async Task Another_start_time_is_another_process_and_a_reboot_ends_a_restraint()
    {
        await using var host = await Host.StartAsync([Vm(Cast.OneCoreRunaways[0])]);
        var (pid, start) = await Busiest(host);
        Assert.Equal("changed", Text(await Run(host, "cap", pid, start + 1), "state"));
        Assert.Equal("gone", Text(await Run(host, "cap", 4_194_303, start), "state"));
        Assert.Equal("capped", Text(await Run(host, "cap", pid, start), "state"));

        await host.Ec2("RebootInstances", ("InstanceId.1", TestFleet.Id(0)));
        host.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("gone", Text(await Run(host, "lift", pid, start), "state"));
    }

    [Theory]
    [InlineData("action", "reboot")]
    [InlineData("pid", "0")]
    [InlineData("pid", "1; reboot")]
    [InlineData("startTime", "")]
    [InlineData("cpuPercent", "100")]
    [InlineData("reach", "all")]
    [InlineData("operation", "1")]
    [InlineData("what", "1")]
    [InlineData("pid", null)]
    public async Task What_the_documents_patterns_do_not_let_through_is_refused(string name, string? value)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var parameters = Parameters("cap", 7, 8, "process");
        if (value is null)
        {
            parameters.Remove(name);
        }
        else
        {
            parameters[name] = [value];
        }

        Assert.Equal("InvalidParameters", (await host.SsmFails("SendCommand",
            new { DocumentName = "Watchdog-Restrain", InstanceIds = new[] { TestFleet.Id(0) }, Parameters = parameters })).Code);
    }

    [Fact]
    public async Task A_guest_whose_agent_has_died_lets_it_time_out_and_nothing_changes()
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0, new PlainBehaviour { Agent = at => at.At < TestFleet.Start })]);
        var id = await Send(host, Parameters("cap", 7, 1, "process"));
        host.Clock.Advance(TimeSpan.FromMinutes(2));

        var read = await host.Ssm("GetCommandInvocation", new { CommandId = id, InstanceId = TestFleet.Id(0) });

        Assert.Equal("DeliveryTimedOut", read.GetProperty("StatusDetails").GetString());
    }

    private static SimulatedVm Vm(Scripted behaviour) => new()
    {
        InstanceId = TestFleet.Id(0), Index = 0, Seed = 13, InstanceType = "m5.large", Vcpus = 2, ImageId = "ami-0123456789abcdef0", Owner = "owner-1", Plan = "free",
        AvailabilityZone = "us-east-1a", LaunchTime = TestFleet.Start.AddDays(-3), Behaviour = behaviour, Onset = TestFleet.Start.AddHours(-3),
    };

    private static Dictionary<string, string[]> Parameters(string action, int pid, long start, string reach) => new()
    {
        ["action"] = [action], ["pid"] = [$"{pid}"], ["startTime"] = [$"{start}"], ["cpuPercent"] = ["20"], ["reach"] = [reach], ["operation"] = [Operation],
    };

    private static async Task<(int Pid, long Start)> Busiest(Host host, bool bomb = false)
    {
        var processes = (await Look(host)).GetProperty("p").EnumerateArray().ToList();
        var one = bomb
            ? processes.GroupBy(p => p.GetProperty("comm").GetString()).MaxBy(g => g.Count())!.MaxBy(p => p.GetProperty("age").GetDouble())
            : processes.Where(p => p.GetProperty("age").GetDouble() > 1800).MaxBy(p => p.GetProperty("cpu").GetDouble() / p.GetProperty("age").GetDouble());
        return (one.GetProperty("pid").GetInt32(), one.GetProperty("start").GetInt64());
    }

    private static async Task<JsonElement> Look(Host host) => await OutputOf(host, (await host.Ssm("SendCommand",
        new { DocumentName = "Watchdog-FleetInspect", InstanceIds = new[] { TestFleet.Id(0) } })).GetProperty("Command").GetProperty("CommandId").GetString()!);

    private static async Task<JsonElement> Run(Host host, string action, int pid, long start, string reach = "process") =>
        await OutputOf(host, await Send(host, Parameters(action, pid, start, reach)));

    private static async Task<string> Send(Host host, Dictionary<string, string[]> parameters) => (await host.Ssm("SendCommand", new
    {
        DocumentName = "Watchdog-Restrain", InstanceIds = new[] { TestFleet.Id(0) }, TimeoutSeconds = 60, Parameters = parameters,
    })).GetProperty("Command").GetProperty("CommandId").GetString()!;

    private static async Task<JsonElement> OutputOf(Host host, string id)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        var read = await host.Ssm("GetCommandInvocation", new { CommandId = id, InstanceId = TestFleet.Id(0) });
        using var output = JsonDocument.Parse(read.GetProperty("StandardOutputContent").GetString()!);
        return output.RootElement.Clone();
    }

    // The last whole period as CloudWatch will show it.
    private static double CpuAfter(Host host, TimeSpan wait)
    {
        host.Clock.Advance(wait);
        return host.Region.State.Vms[0].Behaviour.LoadOf(host.Region.State.MomentAt(0, host.Now)!.Value).Cpu;
    }

    private static string? Text(JsonElement said, string key) => said.GetProperty(key).GetString();
}
