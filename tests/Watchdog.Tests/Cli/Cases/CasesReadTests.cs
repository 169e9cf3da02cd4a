using Watchdog.Cli;
using Watchdog.Detectors.Findings;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Cli.Cases;

public sealed class CasesReadTests
{
    private static readonly Evidence Stratum = new(Family.GuestProcesses, "stratum-url", 6, "Process 7 speaks stratum.", Decisive: true);
    private static readonly Evidence Disk = new(Family.NetworkShape, "disk-busy", -1.5, "The disk is busy with it.");

    [Fact]
    public async Task The_list_tells_what_was_found_and_what_was_done_newest_first()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync("i-1");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.AddCaseAsync("i-2", FindingClass.Panic, "bob");
        await world.SettleAsync();

        var run = await CliRun.OnAsync(world.Database, "cases", "list");

        Assert.Equal((ExitCodes.Ok, ""), (run.Exit, run.Error));
        var rows = run.Output.Split('\n').Where(line => line.Contains("i-", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Matches("i-2.*bob.*panic.*contained.*0.99.*stop verified.*panic at 0.99", rows[0]);
        Assert.Matches("2026-01-05 00:00:00Z.*i-1.*alice.*miner.*contained.*quarantine verified.*miner at 0.99", rows[1]);
    }

    [Theory]
    [InlineData("i-1", "--vm", "i-1")]
    [InlineData("i-2", "--owner", "bob")]
    [InlineData("i-2", "--class", "panic")]
    [InlineData("i-1", "--closed")]
    [InlineData("i-2", "--open")]
    [InlineData("i-1", "--state", "released")]
    [InlineData("i-2", "--limit", "1")]
    [InlineData("i-2", "--since", "2026-01-05T00:00:30Z")]
    public async Task A_filter_narrows_the_list(string left, params string[] filter)
    {
        await using var world = await World.CreateAsync();
        var first = await world.AddCaseAsync("i-1");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.AddCaseAsync("i-2", FindingClass.Panic, "bob");
        await world.SettleAsync();
        await world.AskAsync("release", first, new("fine"));

        var run = await CliRun.OnAsync(world.Database, ["cases", "list", "--json", .. filter]);

        var only = Assert.Single(run.Json.GetProperty("cases").EnumerateArray());
        Assert.Equal(left, only.GetProperty("instance_id").GetString());
        Assert.Equal(left == "i-1" ? "release" : "stop", only.GetProperty("done").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_case_is_shown_with_evidence_for_and_against_and_the_undo_of_every_step()
    {
        await using var world = await World.CreateAsync();
        var vm = await world.AddVmAsync("i-1", "alice", null, ["sg-a", "sg-b"]);
        await world.ApplyAsync(await world.EpisodeAsync(vm, evidence: [Disk, Stratum]));
        await world.SettleAsync();

        var run = await CliRun.OnAsync(world.Database, "cases", "show", "1");

        Assert.Equal((ExitCodes.Ok, ""), (run.Exit, run.Error));
        Assert.Matches(@"\+6\.0 +│ for, decisive +│ guest-processes +│ Process 7 speaks stratum\.", run.Output);
        Assert.Matches(@"-1\.5 +│ against +│ network-shape +│ The disk is busy with it\.", run.Output);
        Assert.True(run.Output.IndexOf("stratum", StringComparison.Ordinal) < run.Output.IndexOf("disk", StringComparison.Ordinal));
        Assert.Matches("eni-i-1-0.*done.*sg-a, sg-b.*sg-contain.*sg-a, sg-b", run.Output);
        Assert.Matches("ec2:CreateTags.*no tag watchdog:case.*watchdog:case=1.*no tag watchdog:case", run.Output);
        Assert.Contains("case.contained by watchdog", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nobody has ruled.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_case_is_one_json_document_with_its_frozen_finding()
    {
        await using var world = await World.CreateAsync();
        var vm = await world.AddVmAsync("i-1");
        await world.ApplyAsync(await world.EpisodeAsync(vm, evidence: [Stratum, Disk]));
        await world.SettleAsync();
        var of = (await world.ShowAsync(1)).Case;
        await world.AskAsync("confirm", of, new("seen it"));

        var json = (await CliRun.OnAsync(world.Database, "cases", "show", "1", "--json")).Json;

        var evidence = json.GetProperty("episodes")[0].GetProperty("finding").GetProperty("evidence");
        Assert.Equal([6, -1.5], evidence.EnumerateArray().Select(piece => piece.GetProperty("weight").GetDouble()));
        var steps = json.GetProperty("acts")[0].GetProperty("steps");
        Assert.Equal("sg-default", steps[4].GetProperty("undo").GetProperty("groups")[0].GetString());
        Assert.Equal("done", json.GetProperty("requests")[0].GetProperty("state").GetString());
        Assert.Equal("true_positive", json.GetProperty("rulings")[0].GetProperty("ruling").GetString());
        Assert.Equal("case.opened", json.GetProperty("audit")[0].GetProperty("what").GetString());
        Assert.Equal("confirmed", json.GetProperty("case").GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_a_guest_chose_is_shown_and_not_obeyed()
    {
        await using var world = await World.CreateAsync();
        var vm = await world.AddVmAsync("i-1", "[red]eve[/]");
        await world.ApplyAsync(await world.EpisodeAsync(vm, evidence: [Stratum with { Sentence = "argv: \u202egpj.x [/] \u009b2J" }]));
        await world.Database.ExecuteAsync("update case_file set reason = $1", "clears\u001b[2J the [bold]screen\r\nand\u2028more");

        foreach (var run in new[] { await CliRun.OnAsync(world.Database, "cases", "list"), await CliRun.OnAsync(world.Database, "cases", "show", "1") })
        {
            Assert.Equal((ExitCodes.Ok, ""), (run.Exit, run.Error));
            Assert.DoesNotContain(run.Output, c => c is '\u001b' or '\u009b' or '\u202e' or '\u2028' or '\r');
            Assert.Contains("[red]eve[/]", run.Output, StringComparison.Ordinal);
            Assert.Contains(@"clears\u{1B}[2J the [bold]screen\u{D}\u{A}and\u{2028}more", run.Output, StringComparison.Ordinal);
        }

        Assert.Contains(@"argv: \u{202E}gpj.x [/]", (await CliRun.OnAsync(world.Database, "cases", "show", "1")).Output, StringComparison.Ordinal);
        var json = await CliRun.OnAsync(world.Database, "cases", "list", "--json");
        Assert.DoesNotContain('\u001b', json.Output);
        Assert.Contains("\u001b[2J", json.Json.GetProperty("cases")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_is_not_there_is_said_and_fails()
    {
        await using var world = await World.CreateAsync();

        var shown = await CliRun.OnAsync(world.Database, "cases", "show", "17");
        var released = await CliRun.OnAsync(world.Database, "cases", "release", "17", "--reason", "r");

        Assert.All([shown, released], run => Assert.Equal(ExitCodes.NotHealthy, run.Exit));
        Assert.Contains("no case 17", shown.Error, StringComparison.Ordinal);
        Assert.Contains("no case 17", released.Error, StringComparison.Ordinal);
        Assert.Contains("No case.", (await CliRun.OnAsync(world.Database, "cases", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_that_nobody_understands_is_refused_before_anything_is_listed()
    {
        await using var world = await World.CreateAsync();

        var run = await CliRun.OnAsync(world.Database, "cases", "list", "--since", "yesterday-ish");

        Assert.Equal(ExitCodes.Usage, run.Exit);
        Assert.Contains("yesterday-ish", run.Error, StringComparison.Ordinal);
    }
}
