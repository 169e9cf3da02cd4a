using Watchdog.Cli;
using Watchdog.Tests.Alerts;

namespace Watchdog.Tests.Cli.Alerts;

public sealed class AlertsCommandTests
{
    [Fact]
    public async Task An_incident_is_listed_shown_with_the_reason_of_every_decision_and_acknowledged_once()
    {
        await using var desk = await AlertDesk.OpenAsync();
        Assert.Equal("No incident is open.", (await CliRun.OnAsync(desk.Database, "alerts", "list")).Output.Trim());
        await desk.CaseAsync("case.opened", 1, owner: "[red]mallory");
        await desk.RunAsync();
        await desk.AfterAsync(TimeSpan.FromSeconds(31));

        var list = await CliRun.OnAsync(desk.Database, "alerts", "list", "--json");
        var one = Assert.Single(list.Json.GetProperty("incidents").EnumerateArray());
        Assert.Equal(("told", "miner", 1), (one.GetProperty("state").GetString(), one.GetProperty("technique").GetString(), one.GetProperty("pages").GetInt32()));
        var shown = await CliRun.OnAsync(desk.Database, "alerts", "show", "1");
        Assert.Equal((ExitCodes.Ok, ""), (shown.Exit, shown.Error));
        Assert.All(
            ["it is new and has settled", "the default route: no other matches", "chat, pager", "[red]mallory", "evidence of case 1", "docs/runbooks/IncidentAbuse.md"],
            text => Assert.Contains(text, shown.Output, StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Ok, (await CliRun.OnAsync(desk.Database, "alerts", "ack", "1", "--by", "ann")).Exit);
        var again = await CliRun.OnAsync(desk.Database, "alerts", "ack", "1", "--by", "bob");
        Assert.Equal(ExitCodes.NotHealthy, again.Exit);
        Assert.Contains("acknowledged by ann", (await CliRun.OnAsync(desk.Database, "alerts", "list")).Output, StringComparison.Ordinal);
        Assert.Equal("ann", await desk.Database.ScalarAsync<string>("select actor from audit where what = 'incident.acknowledged'"));
    }

    [Fact]
    public async Task A_silence_is_added_listed_and_ended_and_each_leaves_an_audit_line()
    {
        await using var desk = await AlertDesk.OpenAsync();
        var added = await CliRun.OnAsync(desk.Database, "alerts", "silence", "--kind", "abuse", "--owner", "acme", "--up-to", "error", "--until", "4h", "--reason", "a course", "--by", "ann");
        Assert.Equal(ExitCodes.Ok, added.Exit);
        Assert.StartsWith("Silence 1: kind abuse, owner acme, up to error, until ", added.Output, StringComparison.Ordinal);
        Assert.Equal("ann", Assert.Single((await CliRun.OnAsync(desk.Database, "alerts", "silences", "--json")).Json.GetProperty("silences").EnumerateArray()).GetProperty("author").GetString());
        Assert.Equal(ExitCodes.Ok, (await CliRun.OnAsync(desk.Database, "alerts", "silences", "--end", "1", "--by", "bob")).Exit);
        Assert.Equal(ExitCodes.NotHealthy, (await CliRun.OnAsync(desk.Database, "alerts", "silences", "--end", "1")).Exit);
        Assert.Equal(2L, await desk.Database.ScalarAsync<long>("select count(*) from audit where subject = 'silence:1'"));
    }

    [Fact]
    public void A_silence_of_everything_is_refused() => Assert.EndsWith(
        "it would silence everything.", Assert.Single(CommandLine.Create().Parse(["alerts", "silence", "--until", "1h", "--reason", "r"]).Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(ExitCodes.Usage, "further than 30 days", "silence", "--kind", "abuse", "--until", "40d", "--reason", "r")]
    [InlineData(ExitCodes.NotHealthy, "There is no incident 9", "show", "9")]
    public async Task Wrong_words_are_told_with_what_would_be_right(int exit, string expected, params string[] words)
    {
        await using var desk = await AlertDesk.OpenAsync();
        var run = await CliRun.OnAsync(desk.Database, ["alerts", .. words]);
        Assert.Equal(exit, run.Exit);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
