using Watchdog.Cli;
using Watchdog.Policy;
using Watchdog.Testing;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Cli.Guards;

public sealed class GuardCommandsTests
{
    [Fact]
    public async Task The_brake_is_turned_by_a_person_with_a_reason_and_shown()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Equal((ExitCodes.Ok, ""), Ended(await CliRun.OnAsync(database, "brake", "on", "--reason", "odd numbers", "--by", "ann")));
        var brake = await Brake.ReadAsync(database.Source, default);
        Assert.Equal((true, "odd numbers", "ann", (string?)null), (brake.IsOn, brake.Reason, brake.Actor, brake.Cause));

        var again = await CliRun.OnAsync(database, "brake", "on", "--reason", "me too", "--by", "carl");
        Assert.Contains("already", again.Output, StringComparison.Ordinal);
        Assert.Equal(("odd numbers", "ann"), (await Brake.ReadAsync(database.Source, default) is var kept ? (kept.Reason, kept.Actor) : default));

        var shown = await CliRun.OnAsync(database, "brake", "show", "--json");
        Assert.True(shown.Json.GetProperty("is_on").GetBoolean());
        await CliRun.OnAsync(database, "brake", "off", "--reason", "explained", "--by", "bob");
        Assert.Contains("off since", (await CliRun.OnAsync(database, "brake", "show")).Output, StringComparison.Ordinal);
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from audit where what in ('brake.on', 'brake.off')"));
    }

    [Theory]
    [InlineData("Option '--reason' is required.", "brake", "on")]
    [InlineData("--reason must say something: it is what the next reader learns.", "brake", "off", "--reason", " ")]
    [InlineData("--reason must say something: it is what the next reader learns.", "exemptions", "end", "1", "--reason", "")]
    [InlineData("A tag is written key=value, not '=x'.", "exemptions", "add", "tag", "=x", "--until", "1d", "--reason", "r")]
    [InlineData("It names nobody: an exemption names what it covers.", "exemptions", "add", "owner", " ", "--until", "1d", "--reason", "r")]
    [InlineData("Option '--until' is required.", "exemptions", "add", "owner", "alice", "--reason", "r")]
    [InlineData("VM takes an instance id such as i-0123456789abcdef0, not 'web-1'.", "holds", "add", "web-1", "--until", "1d", "--reason", "r")]
    [InlineData("--within takes a span such as 12h or 7d, not 'soon'.", "exemptions", "stale", "--within", "soon")]
    public void Words_that_make_no_sense_are_told_before_anything_is_done(string message, params string[] words) =>
        Assert.Equal([message], CommandLine.Create().Parse(words).Errors.Select(error => error.Message));

    [Theory]
    [InlineData("400d", "--until 400d is further than 90 days; what is to last longer is renewed.")]
    [InlineData("2020-01-01", "--until 2020-01-01 has passed.")]
    [InlineData("0d", "--until 0d has passed.")]
    [InlineData("next week", "--until does not understand 'next week': an instant (2026-01-31T12:00Z) or how long from now (90m, 12h, 30d).")]
    public async Task An_end_that_has_passed_lies_too_far_or_is_no_time_exempts_nobody(string until, string message)
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await CliRun.OnAsync(database, "exemptions", "add", "owner", "alice", "--until", until, "--reason", "course");
        Assert.Equal((ExitCodes.Usage, message), (run.Exit, run.Error.Trim()));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from exemption"));
    }

    [Fact]
    public async Task Exemptions_are_added_listed_found_stale_and_ended()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Equal((ExitCodes.Ok, ""), Ended(await CliRun.OnAsync(database, "exemptions", "add", "tag", "team=chain", "--until", "3d", "--reason", "course", "--by", "ann")));
        Assert.Equal("No exemption.", (await CliRun.OnAsync(database, "exemptions", "list")).Output.Trim());
        Assert.Contains("team=chain", (await CliRun.OnAsync(database, "exemptions", "proposals")).Output, StringComparison.Ordinal);
        var own = await CliRun.OnAsync(database, "exemptions", "approve", "1", "--reason", "mine", "--by", "Ann");
        Assert.Equal((ExitCodes.NotHealthy, "ann proposed it: somebody else has to approve it."), (own.Exit, own.Error.Trim()));
        Assert.Equal((ExitCodes.Ok, ""), Ended(await CliRun.OnAsync(database, "exemptions", "approve", "1", "--reason", "known course", "--by", "bob")));
        var listed = (await CliRun.OnAsync(database, "exemptions", "list", "--json")).Json.GetProperty("exemptions")[0];
        Assert.Equal(("tag", "team=chain", "ann"), (listed.GetProperty("kind").GetString(), listed.GetProperty("subject").GetString(), listed.GetProperty("author").GetString()));
        Assert.Contains("is about to end", (await CliRun.OnAsync(database, "exemptions", "stale")).Output, StringComparison.Ordinal);

        Assert.Equal((ExitCodes.Ok, ""), Ended(await CliRun.OnAsync(database, "exemptions", "end", "1", "--reason", "over")));
        var again = await CliRun.OnAsync(database, "exemptions", "end", "1", "--reason", "over");
        Assert.Equal((ExitCodes.NotHealthy, "There is no exemption 1 in force; `watchdog exemptions list` shows those that are."), (again.Exit, again.Error.Trim()));
        Assert.Equal("No exemption.", (await CliRun.OnAsync(database, "exemptions", "list")).Output.Trim());
        Assert.Contains("team=chain", (await CliRun.OnAsync(database, "exemptions", "list", "--all")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_are_added_listed_and_ended()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Equal((ExitCodes.Ok, ""), Ended(await CliRun.OnAsync(database, "holds", "add", "i-0123", "--until", "12h", "--reason", "demo day")));
        Assert.Contains("i-0123", (await CliRun.OnAsync(database, "holds", "list")).Output, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Ok, ""), Ended(await CliRun.OnAsync(database, "holds", "end", "1", "--reason", "over")));
        Assert.Equal(0, (await CliRun.OnAsync(database, "holds", "list", "--json")).Json.GetProperty("holds").GetArrayLength());
        Assert.Equal(ExitCodes.NotHealthy, (await CliRun.OnAsync(database, "holds", "end", "7", "--reason", "over")).Exit);
    }

    [Fact]
    public async Task Precision_shows_the_rulings_their_interval_and_who_may_act()
    {
        await using var world = await World.CreateAsync();
        Assert.StartsWith("Nobody has ruled", (await CliRun.OnAsync(world.Database, "precision")).Output, StringComparison.Ordinal);
        await world.AddCaseAsync();
        await world.Database.ExecuteAsync("insert into ruling (case_id, at, ruling, actor, reason) values (1, $1, 'benign_positive', 'ann', 'course')", TimeProvider.System.GetUtcNow());

        var row = (await CliRun.OnAsync(world.Database, "precision", "--json")).Json.GetProperty("detectors")[0];

        Assert.Equal(("miner", 1, 0.0, false), (row.GetProperty("class").GetString(), row.GetProperty("benign_positive").GetInt32(), row.GetProperty("precision").GetDouble(), row.GetProperty("demoted").GetBoolean()));
        Assert.Contains("1 rulings count, of the 10 that decide", (await CliRun.OnAsync(world.Database, "precision")).Output, StringComparison.Ordinal);
    }

    private static (int, string) Ended(CliRun run) => (run.Exit, run.Error);
}
