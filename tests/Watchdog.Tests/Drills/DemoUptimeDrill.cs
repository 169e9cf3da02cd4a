using System.Globalization;
using System.Text.Json;
using Amazon.EC2;
using Amazon.Runtime;
using Npgsql;
using Watchdog.Cli.Demo;
using Watchdog.FleetSim.State;
using Watchdog.Slo.Minutes;
using Xunit.Abstractions;

namespace Watchdog.Tests.Drills;

/// <summary>A hundred minutes of a demo that also stops idle VMs; the uptime books against what the simulator and the ledger know.</summary>
public sealed class DemoUptimeDrill(ITestOutputHelper output)
{
    private const int Vms = 300;

    [Fact]
    [Trait("Category", "Drill")]
    public async Task What_befalls_a_vm_lands_in_its_class_and_every_minute_is_accounted_for()
    {
        await using var stage = await DemoStage.SetAsync(Vms, fleet => fleet with { Miners = 3, AbuseWithin = TimeSpan.FromMinutes(40) });
        var (folder, region, database) = (stage.Folder, stage.Region, stage.Database);

        await stage.RunAsync(20);
        var idle = await DemoLedger.StoppedIdleAsync(database, default);
        var away = region.State.Vms.First(vm => vm.Behaviour.Label == "benign" && !idle.ContainsKey(vm.InstanceId) && region.State.StateOf(vm.Index) == PowerState.Running);
        using (var owner = new AmazonEC2Client(new BasicAWSCredentials("AKIDOWNER", "secret"), new AmazonEC2Config { ServiceURL = region.Endpoint.ToString(), AuthenticationRegion = "us-east-1" }))
        {
            await owner.StopInstancesAsync(new() { InstanceIds = [away.InstanceId] });
        }

        await stage.RunAsync(95);
        var rightful = await ContainedAsync(database, "miner", 0);
        var wrongful = await ContainedAsync(database, "miner", 1);
        var unruled = await ContainedAsync(database, "panic", 0);
        (await WatchdogAsync(folder, "cases", "confirm", Id(rightful.Case), "--ruling", "true_positive", "--reason", "It mines.", "--wait", "0")).With(0);
        (await WatchdogAsync(folder, "cases", "release", Id(wrongful.Case), "--ruling", "false_positive", "--reason", "A load test.", "--wait", "0")).With(0);
        await stage.RunAsync(105);
        idle = await DemoLedger.StoppedIdleAsync(database, default);
        Assert.Equal(0, stage.Pipeline.Failures);

        // A host fault is the provider's from its onset, back-dated.
        var fault = region.State.Vms.Single(vm => vm.Behaviour.Label == "hostfault");
        var provider = await ExplainAsync(folder, fault.InstanceId, "bad/provider");
        Assert.InRange(provider.From, fault.Onset.AddMinutes(-1), fault.Onset.AddMinutes(6));
        // A panic is its guest's until Watchdog stops it; nobody ruled, so nobody knows.
        var panic = await ExplainAsync(folder, unruled.Vm, "bad/guest");
        Assert.Equal(unruled.Vm, region.State.Vms.Single(vm => vm.Behaviour.Label == "panic").InstanceId);
        var hold = await ExplainAsync(folder, unruled.Vm, "unknown/watchdog_unruled_yet");
        Assert.Equal(panic.To, hold.From);
        Assert.True(hold.Last);
        // What was unruled yet is excluded by a ruling that it was right, bad by one that it was wrong, from its first minute; both are amendments.
        var right = await ExplainAsync(folder, rightful.Vm, "excluded/watchdog_quarantine");
        Assert.True(right.Last);
        Assert.Contains($"case {rightful.Case} ruled true_positive", right.Amendments, StringComparison.Ordinal);
        var wrong = await ExplainAsync(folder, wrongful.Vm, "bad/watchdog_false_positive");
        Assert.Contains($"case {wrongful.Case} ruled false_positive", wrong.Amendments, StringComparison.Ordinal);
        Assert.False(wrong.Last);
        Assert.True((await ExplainAsync(folder, away.InstanceId, "excluded/user")).Last);
        Assert.True((await ExplainAsync(folder, idle.MinBy(one => one.Value).Key, "excluded/watchdog_idle")).Last);

        var rows = await RowsAsync(database);
        output.WriteLine(string.Join('\n', rows.GroupBy(row => row.Cause).Select(of => $"{Causes.NameOf(of.Key)}: {of.Sum(row => row.To - row.From)} minutes of {of.Select(row => row.Vm).Distinct().Count()} VMs")));
        // Every idle stop, and nothing else, is one; every minute of a VM that is there has exactly one row.
        Assert.Equal(idle.Keys.Order(StringComparer.Ordinal), rows.Where(row => row.Cause == Cause.WatchdogIdle).Select(row => row.Vm).Distinct().Order(StringComparer.Ordinal));
        var innocent = region.State.Vms.Where(vm => vm.Behaviour.Label is "benign" or "idle").Select(vm => vm.InstanceId).ToHashSet(StringComparer.Ordinal);
        // Some of them hang for a while all the same, which is their guests'.
        Assert.DoesNotContain(rows, row => innocent.Contains(row.Vm) && row.Cause != Cause.Guest && Causes.ClassOf(row.Cause) is MinuteClass.Bad or MinuteClass.Unknown);
        var (from, to) = (rows.Min(row => row.From), rows.Max(row => row.To));
        // One that was never seen running is not in scope.
        var running = await RunningAsync(database);
        Assert.True(running.Count > Vms * 9 / 10);
        foreach (var vm in region.State.Vms.Where(vm => running.ContainsKey(vm.InstanceId)))
        {
            var its = rows.Where(row => row.Vm == vm.InstanceId).OrderBy(row => row.From).ToList();
            Assert.Equal(its.Skip(1).Select(row => row.From), its.SkipLast(1).Select(row => row.To));
            // One that ends may do so within its first minute.
            var ended = region.State.StateOf(vm.Index) is null or PowerState.Terminated or PowerState.ShuttingDown;
            var since = Math.Max(from, running[vm.InstanceId]);
            Assert.True(ended || its.Count > 0 && its[0].From == since, vm.InstanceId);
            Assert.True(ended || its.Sum(row => row.To - row.From) == to - since, vm.InstanceId);
        }

        var check = (await WatchdogAsync(folder, "slo", "check", "--json")).With(0);
        Assert.Equal(0, JsonDocument.Parse(check.Output).RootElement.GetProperty("not_judged").GetInt32());
    }

    // Since when each VM is in scope.
    private static async Task<Dictionary<string, int>> RunningAsync(NpgsqlDataSource database)
    {
        Dictionary<string, int> running = [];
        await using var command = database.CreateCommand("select instance_id, min(at) from vm_transition where to_state = 'running' group by 1");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            running.Add(reader.GetString(0), Minute.Of(reader.GetFieldValue<DateTimeOffset>(1)));
        }

        return running;
    }

    private static async Task<(long Case, string Vm)> ContainedAsync(NpgsqlDataSource database, string found, int after)
    {
        await using var command = database.CreateCommand("select id, instance_id from case_file where class = $1 and state = 'contained' order by id offset $2 limit 1");
        command.Parameters.Add(new() { Value = found });
        command.Parameters.Add(new() { Value = after });
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync(), found);
        return (reader.GetInt64(0), reader.GetString(1));
    }

    // The interval of that class and cause, the only one of its kind, as the command tells it; nowhere may books and facts differ.
    private async Task<(DateTimeOffset From, DateTimeOffset To, bool Last, string Amendments)> ExplainAsync(WorkerFolder folder, string vm, string wanted)
    {
        output.WriteLine((await WatchdogAsync(folder, "slo", "explain", vm, "--from", "3h")).With(0).Output);
        var ended = (await WatchdogAsync(folder, "slo", "explain", vm, "--from", "3h", "--json")).With(0);
        using var document = JsonDocument.Parse(ended.Output);
        Assert.False(document.RootElement.GetProperty("differs").GetBoolean(), ended.Told);
        var all = document.RootElement.GetProperty("intervals").EnumerateArray().ToList();
        var found = all.FindAll(one => $"{one.GetProperty("class").GetString()}/{one.GetProperty("cause").GetString()}" == wanted);
        Assert.True(found.Count > 0, $"no {wanted}:\n{ended.Told}");
        return (found[0].GetProperty("from").GetDateTimeOffset(), found[^1].GetProperty("to").GetDateTimeOffset(),
            found[^1].GetProperty("to").GetRawText() == all[^1].GetProperty("to").GetRawText(), document.RootElement.GetProperty("amendments").GetRawText());
    }

    private static async Task<IReadOnlyList<(string Vm, int From, int To, Cause Cause)>> RowsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            """
            select v.instance_id, i.from_min, least(i.to_min, s.watermark_min), i.cause
            from slo_interval i join slo_vm v on v.id = i.vm join slo_scope s on s.scope = v.scope order by 1, 2
            """);
        return await Watchdog.Ledger.Rows.AllAsync(command, static r => (r.GetString(0), r.GetInt32(1), r.GetInt32(2), (Cause)r.GetInt16(3)), default);
    }

    private static Task<Ended> WatchdogAsync(WorkerFolder folder, params string[] words) => BuiltProgram.RunAsync(null, [.. words, "--data", folder.Path]);

    private static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);
}
