using System.Text.Json;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Ssm;

public sealed class RunCommandTests
{
    private const string Document = "Watchdog-FleetInspect";

    [Fact]
    public async Task A_command_reaches_exactly_the_ids_named_and_prints_the_inspection_document()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(4));
        var id = await Send(host, 0, 2);
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        var read = await Get(host, id, 2);
        Assert.Equal(("Success", 0), (read.GetProperty("Status").GetString(), read.GetProperty("ResponseCode").GetInt32()));
        using var output = JsonDocument.Parse(read.GetProperty("StandardOutputContent").GetString()!);
        Assert.Equal("v at up load cpu forks procs threads pids huge msr p c s gpu k end".Split(' '), output.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal("node \"server\".js <1>", output.RootElement.GetProperty("p")[0].GetProperty("args").GetString());
        Assert.Equal("InvocationDoesNotExist", (await host.SsmFails("GetCommandInvocation", new { CommandId = id, InstanceId = TestFleet.Id(1) })).Code);
    }

    [Fact]
    public async Task An_invocation_does_not_exist_at_first_then_runs_then_succeeds()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var id = await Send(host, 0);
        Assert.Equal("InvocationDoesNotExist", (await host.SsmFails("GetCommandInvocation", new { CommandId = id, InstanceId = TestFleet.Id(0) })).Code);
        host.Clock.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal("InProgress", await Status(host, id, 0));
        host.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("Success", await Status(host, id, 0));
    }

    [Fact]
    public async Task The_script_looks_at_processes_first_and_last_at_who_is_there()
    {
        var came = TestFleet.Start.AddSeconds(2);
        await using var host = await Host.StartAsync([TestFleet.Vm(0, new PlainBehaviour { Guests = at => at.At < came ? ([], []) :
            ([new GuestConnection(7, "198.51.100.7", 40112, 22, false, 1)], [new GuestSession("dev", "pts/0", "198.51.100.7", 1)]) })]);
        var id = await Send(host, 0);
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        using var output = JsonDocument.Parse((await Get(host, id, 0)).GetProperty("StandardOutputContent").GetString()!);
        // The agent took it one second after it was sent, a second before somebody came.
        Assert.InRange(output.RootElement.GetProperty("up").GetDouble(), 0, TimeSpan.FromDays(1).TotalSeconds + 1);
        Assert.Equal((1, 1), (output.RootElement.GetProperty("s").GetArrayLength(), output.RootElement.GetProperty("c").GetArrayLength()));
    }

    [Fact]
    public async Task An_agent_that_fell_silent_lets_the_command_wait_and_time_out()
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0, new PlainBehaviour { Agent = at => at.At < TestFleet.Start })]);
        var id = await Send(host, 0);
        host.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal("Pending", await Status(host, id, 0));
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        var read = await Get(host, id, 0);
        Assert.Equal(("TimedOut", "DeliveryTimedOut", -1),
            (read.GetProperty("Status").GetString(), read.GetProperty("StatusDetails").GetString(), read.GetProperty("ResponseCode").GetInt32()));
        Assert.Equal("", read.GetProperty("StandardOutputContent").GetString());
    }

    [Fact]
    public async Task One_VM_that_is_lost_stopped_or_unknown_fails_the_call_for_all()
    {
        await using var host = await Host.StartAsync(
            [TestFleet.Vm(0), TestFleet.Vm(1, new PlainBehaviour { Agent = at => at.At < TestFleet.Start.AddHours(-1) }), TestFleet.Vm(2)]);
        await host.Ec2("StopInstances", ("InstanceId.1", TestFleet.Id(2)));
        foreach (var other in new[] { TestFleet.Id(1), TestFleet.Id(2), TestFleet.Id(88) })
        {
            var failure = await host.SsmFails("SendCommand", new { DocumentName = Document, InstanceIds = new[] { TestFleet.Id(0), other } });
            Assert.Equal("InvalidInstanceId", failure.Code);
            Assert.Contains(other, failure.Message, StringComparison.Ordinal);
        }

        Assert.Empty(host.Region.State.Commands.All);
    }

    [Fact]
    public async Task A_call_may_pin_the_documents_version_and_hash_and_is_refused_when_they_differ()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var file = Path.Combine(AppContext.BaseDirectory, "Watchdog-FleetInspect.yaml");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file)));
        object Pinned(string version, string pinned, string type) => new
        {
            DocumentName = Document, InstanceIds = new[] { TestFleet.Id(0) }, DocumentVersion = version, DocumentHash = pinned, DocumentHashType = type,
        };

        Assert.Equal("1", (await host.Ssm("SendCommand", Pinned("1", hash, "Sha256"))).GetProperty("Command").GetProperty("DocumentVersion").GetString());
        Assert.Equal("InvalidDocumentVersion", (await host.SsmFails("SendCommand", Pinned("2", hash, "Sha256"))).Code);
        Assert.Equal("InvalidDocument", (await host.SsmFails("SendCommand", Pinned("1", new string('0', 64), "Sha256"))).Code);
        Assert.Equal("ValidationException", (await host.SsmFails("SendCommand", Pinned("1", hash, "Md5"))).Code);
    }

    [Fact]
    public async Task Other_documents_parameters_and_long_lists_are_refused()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(51));
        string[] one = [TestFleet.Id(0)];
        Assert.Equal("InvalidDocument", (await host.SsmFails("SendCommand", new { DocumentName = "AWS-RunShellScript", InstanceIds = one })).Code);
        Assert.Equal("InvalidParameters", (await host.SsmFails("SendCommand",
            new { DocumentName = Document, InstanceIds = one, Parameters = new { commands = one } })).Code);
        Assert.Equal("ValidationException", (await host.SsmFails("SendCommand",
            new { DocumentName = Document, InstanceIds = Enumerable.Range(0, 51).Select(TestFleet.Id) })).Code);
        Assert.Equal("ValidationException", (await host.SsmFails("SendCommand", new { DocumentName = Document, InstanceIds = one, TimeoutSeconds = 29 })).Code);
    }

    [Fact]
    public async Task A_cancelled_command_is_cancelled_where_it_did_not_run_yet()
    {
        await using var host = await Host.StartAsync([TestFleet.Vm(0, new PlainBehaviour { Agent = at => at.At < TestFleet.Start }), TestFleet.Vm(1)]);
        var id = await Send(host, 0, 1);
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        await host.Ssm("CancelCommand", new { CommandId = id });
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("Cancelled", await Status(host, id, 0));
        Assert.Equal("Success", await Status(host, id, 1));
    }

    [Fact]
    public async Task Output_is_cut_at_24000_characters_alone_and_at_2500_in_a_list()
    {
        var many = Enumerable.Range(0, 400).Select(i => new GuestProcess(i, 1, 1000, "worker", "/usr/bin/worker", new string('x', 80), 10, 5, 1, 100)).ToArray();
        await using var host = await Host.StartAsync([TestFleet.Vm(0, new PlainBehaviour { Processes = many })]);
        var id = await Send(host, 0);
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        // The document itself stops at 20,000.
        Assert.Equal(20_000, (await Get(host, id, 0)).GetProperty("StandardOutputContent").GetString()!.Length);
        var listed = (await host.Ssm("ListCommandInvocations", new { CommandId = id, Details = true })).GetProperty("CommandInvocations")[0];
        Assert.Equal(2500, listed.GetProperty("CommandPlugins")[0].GetProperty("Output").GetString()!.Length);
        var plain = (await host.Ssm("ListCommandInvocations", new { CommandId = id })).GetProperty("CommandInvocations")[0];
        Assert.Equal(0, plain.GetProperty("CommandPlugins").GetArrayLength());
    }

    [Fact]
    public async Task A_list_of_invocations_pages_through_all_targets()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(50));
        var id = await Send(host, [.. Enumerable.Range(0, 50)]);
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await host.Ssm("ListCommandInvocations", new { CommandId = id, MaxResults = 20, NextToken = token });
            seen.AddRange(page.GetProperty("CommandInvocations").EnumerateArray().Select(i => i.GetProperty("InstanceId").GetString()!));
            token = page.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);
        Assert.Equal(Enumerable.Range(0, 50).Select(TestFleet.Id), seen);
    }

    private static async Task<string> Send(Host host, params int[] vms)
    {
        var sent = await host.Ssm("SendCommand", new { DocumentName = Document, InstanceIds = vms.Select(TestFleet.Id), TimeoutSeconds = 60, Comment = "op" });
        return sent.GetProperty("Command").GetProperty("CommandId").GetString()!;
    }

    private static Task<JsonElement> Get(Host host, string command, int vm) =>
        host.Ssm("GetCommandInvocation", new { CommandId = command, InstanceId = TestFleet.Id(vm) });

    private static async Task<string> Status(Host host, string command, int vm) => (await Get(host, command, vm)).GetProperty("Status").GetString()!;
}
