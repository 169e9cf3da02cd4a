using Watchdog.Cli;
using Watchdog.Tests.Enforcement;
using Watchdog.Tests.Ledger.Auditing;

namespace Watchdog.Tests.Cli.Auditing;

public sealed class AuditCommandTests
{
    [Fact]
    public async Task A_cases_lines_name_actor_rules_and_evidence_from_its_opening_to_its_ruling()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1");
        await world.SettleAsync();
        await world.AskAsync("confirm", (await world.ShowAsync(of.Id)).Case, new("seen it"));
        await world.AskAsync("release", of, new("late"), version: 1);

        var run = await CliRun.OnAsync(world.Database, "audit", "list", "--subject", "case:1", "--json");

        Assert.Equal((ExitCodes.Ok, ""), (run.Exit, run.Error));
        var lines = run.Json.GetProperty("lines").EnumerateArray().Reverse().ToList();
        var told = lines.Select(line => line.GetProperty("what").GetString()).ToList();
        Assert.Equal("case.opened", told[0]);
        Assert.All(["act.proposed", "act.admitted", "act.planned", "act.applied", "act.verified", "case.contained", "case.ruled", "case.confirmed", "request.refused"],
            what => Assert.Contains(what, told));
        Assert.All(lines, line => Assert.Equal(64, line.GetProperty("evidence_sha256").GetString()!.Length));
        Assert.All(lines, line => Assert.False(string.IsNullOrEmpty(line.GetProperty("rule_version").GetString())));
        Assert.Equal("ann", lines.Single(line => line.GetProperty("what").GetString() == "case.ruled").GetProperty("actor").GetString());
        Assert.Equal(2, (await CliRun.OnAsync(world.Database, "audit", "list", "--actor", "ann", "--since", "2026-01-05T00:00Z", "--limit", "2", "--json"))
            .Json.GetProperty("lines").GetArrayLength());
    }

    [Fact]
    public async Task The_head_that_was_kept_elsewhere_is_found_again_and_a_change_ends_with_1()
    {
        await using var trail = await Trail.CreateAsync();
        await trail.AppendAsync(4);
        Assert.Equal(ExitCodes.NotHealthy, (await CliRun.OnAsync(trail.Database, "audit", "head")).Exit);
        await trail.SealAllAsync();

        var head = (await CliRun.OnAsync(trail.Database, "audit", "head")).Output.Trim().Split(' ');
        var well = await CliRun.OnAsync(trail.Database, "audit", "verify", "--expect", head[2]);
        await trail.TamperAsync("update audit set actor = 'no\u001bbody' where id = $1", await trail.LineAsync(2));
        var ill = await CliRun.OnAsync(trail.Database, "audit", "verify");
        var json = await CliRun.OnAsync(trail.Database, "audit", "verify", "--json");
        var beyond = await CliRun.OnAsync(trail.Database, "audit", "verify", "--from", "4711");
        Assert.Equal(ExitCodes.NotHealthy, beyond.Exit);
        Assert.StartsWith("There is no seal 4711: the last one is ", beyond.Error, StringComparison.Ordinal);

        Assert.Equal((ExitCodes.Ok, ""), (well.Exit, well.Error));
        Assert.Contains("The trail holds", well.Output, StringComparison.Ordinal);
        Assert.Contains($"that of seal {head[0]}", well.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.NotHealthy, ExitCodes.NotHealthy), (ill.Exit, json.Exit));
        Assert.Matches(@"changed-line: line \d+ \(brake.on by no\\u\{1B\}body on brake", ill.Output.Replace("no body", @"no\u{1B}body", StringComparison.Ordinal));
        Assert.Equal("changed-line", json.Json.GetProperty("breaks")[0].GetProperty("kind").GetString());
        Assert.Equal((false, 1), (json.Json.GetProperty("holds").GetBoolean(), json.Json.GetProperty("broken").GetInt32()));
    }

    [Theory]
    [InlineData("--expect", "abc")]
    [InlineData("--from", "0")]
    public async Task Words_that_make_no_sense_are_refused(params string[] words)
    {
        await using var trail = await Trail.CreateAsync();

        Assert.NotEqual(ExitCodes.Ok, (await CliRun.OnAsync(trail.Database, ["audit", "verify", .. words])).Exit);
    }
}
