using System.Text.Json;
using Watchdog.Cli;
using Watchdog.Testing;
using Watchdog.Tests.Alerts.Receivers;

namespace Watchdog.Tests.Cli.Alerts;

public sealed class ReceiverCommandTests
{
    [Fact]
    public async Task Messages_are_listed_by_receiver_and_the_dead_ones_replayed()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Equal("No message.", (await CliRun.OnAsync(database, "alerts", "outbox")).Output.Trim());
        await database.ExecuteAsync(
            """
            insert into outbox (channel, message_id, subject, kind, body, created_at, due_at, attempts, state, status, detail)
            select 'alerts:' || name, 'm', 'incident:1', 'page', '{"incident":1}', $1, $1, 1, 'dead', 400, 'HTTP 400: invalid event' from unnest(array['pd', 'pd2']) name
            """, new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));
        var listed = (await CliRun.OnAsync(database, "alerts", "outbox", "--receiver", "pd", "--state", "dead", "--json")).Json.GetProperty("messages");
        Assert.Equal(("pd", "HTTP 400: invalid event"), (Assert.Single(listed.EnumerateArray()).GetProperty("receiver").GetString(), listed[0].GetProperty("detail").GetString()));

        Assert.Equal("1 message(s) wait to be sent.", (await CliRun.OnAsync(database, "alerts", "replay", "pd", "--dead")).Output.Trim());
        Assert.Equal(ExitCodes.NotHealthy, (await CliRun.OnAsync(database, "alerts", "replay", "pd", "99")).Exit);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from outbox where state = 'dead'"));
    }

    [Fact]
    public async Task A_test_sends_a_notification_and_prints_the_answer()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var standIn = await StandIn.OpenAsync("pagerduty");
        var taken = await OnAsync(database, "pagerduty", standIn.Url, "alerts", "test", "one", "--severity", "warning");
        Assert.Equal((ExitCodes.Ok, """HTTP 202: {"status":"success","message":"Event processed"}"""), (taken.Exit, taken.Output.Trim()));
        var sent = JsonDocument.Parse(standIn.Got.Single()).RootElement;
        Assert.Equal(("trigger", "warning"), (sent.GetProperty("event_action").GetString(), sent.GetProperty("payload").GetProperty("severity").GetString()));

        standIn.Instead = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        var failed = await OnAsync(database, "pagerduty", standIn.Url, "alerts", "test", "one", "--resolve");
        Assert.Equal((ExitCodes.NotHealthy, "HTTP 500 (it would be tried again)"), (failed.Exit, failed.Output.Trim()));

        var unknown = await OnAsync(database, "pagerduty", standIn.Url, "alerts", "test", "two");
        Assert.Equal((ExitCodes.Usage, "Alerts:Receivers has no 'two'; it has: one."), (unknown.Exit, unknown.Error.Trim()));
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("replay", "pd")]
    [InlineData("replay", "pd", "1", "--dead")]
    [InlineData("outbox", "--limit", "0")]
    [InlineData("outbox", "--state", "lost")]
    [InlineData("test")]
    public void Words_that_make_no_sense_are_told(params string[] words) => Assert.NotEmpty(CommandLine.Create().Parse(["alerts", .. words]).Errors);

    private static async Task<CliRun> OnAsync(TestDatabase database, string type, Uri url, params string[] words)
    {
        var config = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
            {
                Storage = new { database.ConnectionString, MaxPoolSize = 8 },
                Alerts = new { Receivers = new { one = new { Type = type, Url = url, Secret = StandIn.RoutingKey, AllowHttp = true, AllowPrivateAddresses = true } } },
            }));
            await using StringWriter output = new(), error = new();
            var exit = await CommandLine.Create().Parse([.. words, "--config", config]).InvokeAsync(new() { Output = output, Error = error });
            return new(exit, output.ToString(), error.ToString());
        }
        finally
        {
            File.Delete(config);
        }
    }
}
