using System.Globalization;
using Watchdog.Cli;
using Watchdog.Detectors.Findings;
using Watchdog.Testing;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Cli.Cases;

public sealed class BulkActTests
{
    [Fact]
    public async Task A_bad_rule_is_undone_in_one_go_and_other_cases_stay()
    {
        await using var world = await StoppedAsync();
        await world.Database.ExecuteAsync("update case_file set rule_version = '9.9.9+x' where instance_id = 'i-1'");
        await world.Database.ExecuteAsync("update act set rule_version = '9.9.9+x' where instance_id = 'i-1'");
        var rule = await world.Database.ScalarAsync<string>("select rule_version from case_file where instance_id = 'i-2'");

        var asked = CliRun.OnAsync(
            world.Database, "cases", "release", "--where", $"rule={rule[..4]},since=2026-01-01T00:00Z", "--reason", "a bad rule", "--by", "ann", "--yes", "--wait", "60");
        await Until.TrueAsync(async () => asked.IsCompleted || await world.Database.ScalarAsync<long>("select count(*) from request") == 3);
        world.Clock.AdvanceTo(TimeProvider.System.GetUtcNow().AddMinutes(1));
        await world.SettleAsync();
        var run = await asked;

        Assert.Equal(ExitCodes.Ok, run.Exit);
        Assert.Contains("3 case(s): on 3 VM(s) something is undone", run.Output, StringComparison.Ordinal);
        Assert.Contains("By class: forkbomb 3.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Estimated time:", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 done", run.Output, StringComparison.Ordinal);
        Assert.Equal(["stopped", "running", "running", "running"], Enumerable.Range(1, 4).Select(n => world.Ec2[Id(n)].State));
        Assert.Equal(3L, await world.Database.ScalarAsync<long>("select count(*) from request where payload ->> 'reason' = 'a bad rule' and expected_version is not null"));
    }

    [Fact]
    public async Task A_case_that_changes_meanwhile_is_refused_and_the_exit_code_says_so()
    {
        await using var world = await StoppedAsync();
        var asked = CliRun.OnAsync(
            world.Database, "cases", "release", "--where", "rule=0,since=2026-01-01T00:00Z", "--reason", "r", "--yes", "--json", "--wait", "60");
        await Until.TrueAsync(async () => asked.IsCompleted || await world.Database.ScalarAsync<long>("select count(*) from request") == 4);
        await world.Database.ExecuteAsync("update case_file set version = version + 1 where instance_id = 'i-3'");
        world.Clock.AdvanceTo(TimeProvider.System.GetUtcNow().AddMinutes(1));
        await world.SettleAsync();
        var run = await asked;

        Assert.Equal(ExitCodes.NotHealthy, run.Exit);
        Assert.Equal(["done", "done", "refused", "done"], run.Json.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("state").GetString()));
    }

    [Theory]
    [InlineData("rule=0", "since=")]
    [InlineData(" ", "names nothing")]
    [InlineData("class=", "one value for class")]
    [InlineData("scope=first", "'first'")]
    [InlineData("age=0", "age")]
    [InlineData("ruling=odd", "'odd'")]
    [InlineData("rule=0,since=1d,class=mining", "'mining'")]
    [InlineData("rule=0,since=1d,colour=red", "'colour'")]
    [InlineData("rule=0,since=yesterday", "yesterday")]
    [InlineData("rule=zzz,since=1d", "No case matches")]
    public async Task Wrong_words_are_named_with_their_mend_and_ask_for_nothing(string where, string named)
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync();

        var run = await CliRun.OnAsync(world.Database, "cases", "release", "--where", where, "--reason", "r", "--yes");

        Assert.Equal(ExitCodes.Usage, run.Exit);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from request"));
    }

    [Fact]
    public async Task What_the_pages_ask_of_many_is_asked_here_by_the_queues_filters()
    {
        await using var world = await StoppedAsync();
        foreach (var (words, kind) in new (string[], string)[]
        {
            (["confirm", "--where", "owner=owner-1"], "confirm"), (["extend", "--for", "2h", "--where", "q=i-2,state=contained"], "extend"),
            (["rule", "--ruling", "benign_positive", "--where", "class=forkbomb,vm=i-3,detector=forkbomb,ruling=none,since=2026-01-01T00:00Z"], "rule"),
            (["hand-over", "--to", "team b", "--where", "assignee=none,vm=i-4,show=open"], "hand_over"),
        })
        {
            var run = await CliRun.OnAsync(world.Database, ["cases", .. words, "--reason", "a test", "--yes", "1", "--wait", "0"]);
            Assert.True(run.Exit == ExitCodes.Ok, run.Error);
            Assert.Contains($"1 case(s) to {kind.Replace('_', ' ')}.", run.Output, StringComparison.Ordinal);
            Assert.Contains("`watchdog cases undo ", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(
            "confirm:i-1, extend:i-2, rule:i-3, hand_over:i-4",
            await world.Database.ScalarAsync<string>("select string_agg(r.kind || ':' || c.instance_id, ', ' order by r.id) from request r join case_file c on c.id = r.case_id where r.expected_version = c.version"));
        var undone = await CliRun.OnAsync(world.Database, "cases", "undo", "1", "--by", "bob");
        Assert.Equal((ExitCodes.Ok, "withdrawn"), (undone.Exit, await world.Database.ScalarAsync<string>("select state from request where id = 1")));
    }

    [Theory]
    [InlineData("These are 26 cases, more than 25", "--yes")]
    [InlineData("These are 26 cases, not 25", "--yes", "25")]
    public async Task Above_25_cases_their_count_is_said_and_another_one_asks_for_nothing(string told, params string[] yes)
    {
        await using var world = await World.CreateAsync();
        for (var n = 1; n <= 26; n++)
        {
            await world.AddCaseAsync(Id(n), FindingClass.ForkBomb, $"owner-{n}");
        }

        string[] words = ["cases", "confirm", "--where", "class=forkbomb", "--reason", "r", "--wait", "0"];
        var run = await CliRun.OnAsync(world.Database, [.. words, .. yes]);
        Assert.Equal(ExitCodes.Usage, run.Exit);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from request"));
        Assert.Equal(ExitCodes.Ok, (await CliRun.OnAsync(world.Database, [.. words, "--yes", "26"])).Exit);
        Assert.Equal(26L, await world.Database.ScalarAsync<long>("select count(*) from request"));
    }

    [Theory]
    [InlineData("cases", "release", "--reason", "r")]
    [InlineData("cases", "confirm", "--reason", "r")]
    [InlineData("cases", "release", "1", "--where", "rule=0,since=1d", "--reason", "r")]
    public void One_case_or_a_set_of_them_is_named(params string[] words) =>
        Assert.Contains("one case by its ID", Assert.Single(CommandLine.Create().Parse(words).Errors).Message, StringComparison.Ordinal);

    private static async Task<World> StoppedAsync()
    {
        var world = await World.CreateAsync();
        for (var n = 1; n <= 4; n++)
        {
            await world.AddCaseAsync(Id(n), FindingClass.ForkBomb, $"owner-{n}");
        }

        await world.SettleAsync();
        return world;
    }

    private static string Id(int n) => string.Create(CultureInfo.InvariantCulture, $"i-{n}");
}
