using Watchdog.Cli;
using Watchdog.Testing;

namespace Watchdog.Tests.Cli.Notices;

public sealed class NoticesCommandTests
{
    [Fact]
    public async Task Notices_are_listed_and_the_dead_ones_replayed()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Equal("No notice.", (await CliRun.OnAsync(database, "notices", "list")).Output.Trim());
        await database.ExecuteAsync(
            """
            insert into outbox (channel, message_id, subject, kind, body, created_at, due_at, attempts, state, status, detail)
            values ('owners', 'm', 'case:1', 'owner.vm.warned', '{"type":"owner.vm.warned"}', $1, $1, 10, 'dead', 500, 'HTTP 500')
            """, new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));
        var listed = (await CliRun.OnAsync(database, "notices", "list", "--state", "dead", "--json")).Json.GetProperty("notices")[0];
        Assert.Equal((500, "owner.vm.warned"), (listed.GetProperty("status").GetInt32(), listed.GetProperty("message").GetProperty("type").GetString()));

        Assert.Equal("1 notice(s) wait to be sent.", (await CliRun.OnAsync(database, "notices", "replay", "--dead")).Output.Trim());
        Assert.Equal(ExitCodes.NotHealthy, (await CliRun.OnAsync(database, "notices", "replay", "99")).Exit);
        Assert.Contains("waiting", (await CliRun.OnAsync(database, "notices", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_url_nothing_is_sent()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await CliRun.OnAsync(database, "notices", "test");
        Assert.Equal((ExitCodes.Usage, "Notices:Url is not set: nothing is sent anywhere."), (run.Exit, run.Error.Trim()));
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("replay", "1", "--dead")]
    [InlineData("list", "--limit", "0")]
    [InlineData("list", "--state", "lost")]
    public void Words_that_make_no_sense_are_told(params string[] words) => Assert.NotEmpty(CommandLine.Create().Parse(["notices", .. words]).Errors);
}
