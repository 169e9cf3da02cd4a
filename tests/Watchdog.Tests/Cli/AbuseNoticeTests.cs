using System.CommandLine;
using System.Text.Json;
using Watchdog.Cli;
using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Cli;

public sealed class AbuseNoticeTests
{
    [Fact]
    public async Task The_vm_its_owner_its_case_and_the_connection_are_found()
    {
        await using var world = await WorldAsync();

        var run = await OnAsync(world, "", "--ip", "198.51.100.7", "--port", "3333", "--at", "2026-01-05T00:00:00Z");

        Assert.Equal(ExitCodes.Ok, run.Exit);
        Assert.Contains("held: i-1 of alice (plan free), interface eni-1", run.Output, StringComparison.Ordinal);
        Assert.Contains("case 1: miner", run.Output, StringComparison.Ordinal);
        Assert.Contains("pid 7 (xmrig), local port 40000, to 203.0.113.9 port 3333", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_mail_is_enough_and_the_other_end_finds_the_connection()
    {
        await using var world = await WorldAsync();
        const string mail = "Subject: [ABUSE] \u001b[2J\nOn 2026-01-05 00:00:30 UTC your address 198[.]51[.]100[.]7 reached 203.0.113.9 of ours.\n";

        var (exit, output) = await OnAsync(world, mail, "--stdin", "--json");

        Assert.Equal(ExitCodes.Ok, exit);
        var answers = JsonDocument.Parse(output).RootElement.GetProperty("answers");
        Assert.Equal(2, answers.GetArrayLength());
        var vm = answers[0].GetProperty("vms")[0];
        Assert.Equal(("i-1", "alice", "held"), (vm.GetProperty("instance_id").GetString(), vm.GetProperty("owner").GetString(), vm.GetProperty("certainty").GetString()));
        Assert.Equal("203.0.113.9", vm.GetProperty("connections")[0].GetProperty("peer_address").GetString());
        Assert.Contains("No managed VM", answers[1].GetProperty("nobody").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_known_is_said_and_not_guessed()
    {
        await using var world = await WorldAsync();

        var nobody = await OnAsync(world, "", "--ip", "198.51.100.8", "--at", "2026-01-05T00:00:00Z");
        var early = await OnAsync(world, "", "--ip", "198.51.100.7", "--at", "2025-11-01T00:00:00Z");
        var inside = await OnAsync(world, "", "--ip", "10.0.0.7", "--at", "2026-01-05T00:00:00Z");
        var old = await OnAsync(world, "", "--ip", "198.51.100.8", "--at", "2025-09-01T00:00:00Z");

        Assert.All([nobody, early, inside, old], run => Assert.Equal(ExitCodes.NotHealthy, run.Exit));
        Assert.Contains("kept for 90 days", old.Output, StringComparison.Ordinal);
        Assert.Contains("1000 of 1001 running VMs have no public address of their own (behind a NAT)", nobody.Output, StringComparison.Ordinal);
        Assert.Contains("was not watched before or at 2025-11-01", early.Output, StringComparison.Ordinal);
        Assert.Contains("a private address", inside.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ip", "1", "--at", "1h")]
    [InlineData("--ip", "198.51.100.7")]
    [InlineData("--ip", "198.51.100.7", "--at", "soon")]
    [InlineData("--ip", "198.51.100.7", "--at", "2999-01-01T00:00Z")]
    [InlineData("--stdin", "--ip", "198.51.100.7")]
    public async Task Words_that_make_no_sense_are_refused_with_a_mend(params string[] words)
    {
        await using var world = await World.CreateAsync();

        var run = await CliRun.OnAsync(world.Database, ["abuse-notice", .. words]);

        Assert.NotEqual(ExitCodes.Ok, run.Exit);
        Assert.Contains("--", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_without_an_address_is_refused()
    {
        await using var world = await World.CreateAsync();

        Assert.Equal(ExitCodes.Usage, (await OnAsync(world, "you are all bad", "--stdin")).Exit);
    }

    // A miner with its case, its address from ten days ago on, and a snapshot with one connection.
    private static async Task<World> WorldAsync()
    {
        var world = await World.CreateAsync();
        await world.AddCaseAsync("i-1");
        await world.Database.ExecuteAsync(
            """
            insert into address_interval (address, instance_id, scope, interface_id, owner, plan, from_at, since_after)
            values ('198.51.100.7', 'i-1', $1, 'eni-1', 'alice', 'free', $2, $3)
            """, world.Scope.Id, world.Now.AddDays(-10), world.Now.AddDays(-10).AddMinutes(-1));
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.Database.ExecuteAsync("update scope_coverage set to_at = $1", world.Now);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var snapshot = new GuestSnapshot(world.Now, true, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            [new GuestProcess(7, 1, 0, "xmrig", "/tmp/xmrig", "", 1, 1, 1, 1, false, "/")],
            [new GuestConnection(7, "203.0.113.9", 3333, 40000, true, 60), new GuestConnection(8, "192.0.2.1", 443, 40001, true, 60)],
            [], null, null, null, null, [], []);
        await world.Database.ExecuteAsync(
            "insert into evidence (episode_id, at, finding, facts) select id, $1, '{}', $2::text::jsonb from episode", world.Now,
            FrozenJson.Write(new Frozen("m5.large", 2, world.Now, null, null, null, null, GuestReading.Of(snapshot), null, Points.None, Points.None, Points.None)));
        return world;
    }

    private static async Task<(int Exit, string Output)> OnAsync(World world, string mail, params string[] words)
    {
        var config = Path.GetTempFileName();
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new { Storage = new { world.Database.ConnectionString, MaxPoolSize = 8 } }));
        await using StringWriter output = new(), error = new();
        var root = new RootCommand("test") { GlobalOptions.Config, GlobalOptions.Data, AbuseNoticeCommand.Create(new StringReader(mail), world.Clock) };
        var exit = await root.Parse(["abuse-notice", .. words, "--config", config]).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        File.Delete(config);
        return (exit, output.ToString());
    }
}
