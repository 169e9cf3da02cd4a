using Watchdog.Cli;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Cli.Cases;

public sealed class AskCommandsTests
{
    [Fact]
    public async Task More_time_a_ruling_and_other_hands_are_asked_for_at_the_version_that_was_read()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.SettleAsync();

        foreach (var words in (string[][])[["extend", "1", "--for", "2h"], ["rule", "1", "--ruling", "indeterminate"], ["hand-over", "1", "--to", "team-abuse"]])
        {
            var run = await CliRun.OnAsync(world.Database, ["cases", .. words, "--reason", "seen", "--by", "bob", "--wait", "0", "--json"]);
            Assert.Equal((ExitCodes.Ok, "open"), (run.Exit, run.Json.GetProperty("state").GetString()));
            await world.RunAsync();
        }

        var whole = await world.ShowAsync(of.Id);
        Assert.All(whole.Requests, request => Assert.Equal(("done", "bob"), (request.State, request.Actor)));
        Assert.Equal(["extend", "rule", "hand_over"], whole.Requests.Select(request => request.Kind));
        Assert.Equal("team-abuse", whole.Case.Assignee);
        Assert.Contains("Handed to team-abuse.", (await CliRun.OnAsync(world.Database, "cases", "show", "1")).Output, StringComparison.Ordinal);
        var listed = await CliRun.OnAsync(world.Database, "cases", "list", "--assignee", "team-abuse", "--json");
        Assert.Equal("team-abuse", listed.Json.GetProperty("cases")[0].GetProperty("assignee").GetString());
        Assert.Equal("No case.", (await CliRun.OnAsync(world.Database, "cases", "list", "--assignee", "carol")).Output.Trim());
    }

    [Theory]
    [InlineData("--for takes a span such as 90m, 12h or 2d, not 'long'.", "cases", "extend", "1", "--for", "long", "--reason", "r")]
    [InlineData("Option '--for' is required.", "cases", "extend", "1", "--reason", "r")]
    [InlineData("Option '--ruling' is required.", "cases", "rule", "1", "--reason", "r")]
    [InlineData("Option '--to' is required.", "cases", "hand-over", "1", "--reason", "r")]
    [InlineData("--release is of a case: name it with --case ID.", "exemptions", "add", "owner", "alice", "--until", "1d", "--reason", "r", "--release")]
    [InlineData("'/tmp/x' lies where anybody may put a program: it names nothing that could be trusted.", "exemptions", "preview", "executable", "/tmp/x")]
    public void Words_that_are_missing_or_make_no_sense_are_told(string message, params string[] words) =>
        Assert.Equal([message], CommandLine.Create().Parse(words).Errors.Select(error => error.Message));

    [Fact]
    public async Task A_bulk_is_taken_back_by_its_number()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        await world.AddCaseAsync();
        var desk = world.Get<BulkDesk>();
        await desk.FreezeAsync(RequestKinds.Release, new("a bad rule"), new CaseFilter(Open: true), "ann", world.Now, default);
        var early = await CliRun.OnAsync(world.Database, "cases", "undo", "1", "--by", "bob");
        Assert.Equal((ExitCodes.NotHealthy, "Bulk 1 was never started: there is nothing to undo."), (early.Exit, early.Error.Trim()));
        await desk.StartAsync(1, "ann", null, world.Now, default);

        var undone = await CliRun.OnAsync(world.Database, "cases", "undo", "1", "--by", "bob");

        Assert.Equal((ExitCodes.Ok, "Bulk 1: 1 of 1 requests are taken back."), (undone.Exit, undone.Output.Trim()));
    }

    [Fact]
    public async Task An_exemption_is_previewed_and_given_with_its_cases_release()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        await world.AddCaseAsync();
        // The command's clock is the machine's.
        await world.Database.ExecuteAsync("update case_file set opened_at = $1", TimeProvider.System.GetUtcNow().AddDays(-1));

        var preview = await CliRun.OnAsync(world.Database, "exemptions", "preview", "owner", "alice");
        Assert.Contains("It would have covered 1 case of 1 owner opened since", preview.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CliRun.OnAsync(world.Database, "exemptions", "preview", "owner", "alice", "--json")).Json.GetProperty("cases").GetInt32());

        var given = await CliRun.OnAsync(
            world.Database, "exemptions", "add", "owner", "alice", "--until", "3d", "--reason", "a course", "--by", "ann", "--case", "1", "--release", "--json");
        Assert.Equal(("recorded", 1, 1), (given.Json.GetProperty("answer").GetString(), given.Json.GetProperty("exemption").GetInt32(), given.Json.GetProperty("request").GetInt32()));
        var none = await CliRun.OnAsync(world.Database, "exemptions", "add", "owner", "alice", "--until", "3d", "--reason", "r", "--case", "9", "--release");
        Assert.Equal(ExitCodes.NotHealthy, none.Exit);
        await world.RunAsync();
        Assert.Equal(CaseStates.Released, (await world.ShowAsync(1)).Case.State);
    }
}
