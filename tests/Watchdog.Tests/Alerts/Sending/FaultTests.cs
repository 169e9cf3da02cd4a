using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Sending;
using Watchdog.Diagnostics;
using Watchdog.Storage;
using Watchdog.Testing;
using Watchdog.Tests.Alerts.Receivers;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Alerts.Sending;

/// <summary>What is wrong with one message, or with the program at one receiver, ends nothing else.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_message_that_is_no_notification_is_kept_as_dead_and_the_others_go(string body)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var pager = await StandIn.OpenAsync("pagerduty");
        using var rig = Rig.Of(Clocks.Real, ("pager", "pagerduty", pager.Url.ToString()));
        await PutAsync(database, "outbox", "alerts:pager", body);
        await new OutboxDrain(database.Source, Node.Create(), Clocks.Real).RunAsync(rig.Channel("pager"), default);

        Assert.Equal("dead", await database.ScalarAsync<string>("select state from outbox where message_id = 'wrong'"));
        Assert.StartsWith("the message is no notification", await database.ScalarAsync<string>("select detail from outbox where message_id = 'wrong'"), StringComparison.Ordinal);
        Assert.Equal("sent", await database.ScalarAsync<string>("select state from outbox where message_id = 'right'"));
        Assert.Single(pager.Got);
    }

    [Fact]
    public async Task A_receiver_that_fails_by_a_fault_of_the_program_is_tried_again_and_the_messages_beside_it_go()
    {
        await using var database = await TestDatabase.CreateAsync();
        await PutAsync(database, "outbox", "alerts:x", "nonsense");
        OutboxChannel channel = new("alerts:x", TimeSpan.FromSeconds(1),
            (message, _, _) => message.MessageId == "wrong" ? throw new InvalidOperationException("whsec_secret") : Task.FromResult(new WebhookAnswer(200, null, "HTTP 200")), DeliveryRules.Next);
        await new OutboxDrain(database.Source, Node.Create(), Clocks.Real).RunAsync(channel, default);

        Assert.Equal("waiting 1 the attempt failed in itself: InvalidOperationException",
            await database.ScalarAsync<string>("select state || ' ' || attempts || ' ' || detail from outbox where message_id = 'wrong'"));
        Assert.Equal("sent", await database.ScalarAsync<string>("select state from outbox where message_id = 'right'"));
    }

    [Fact]
    public async Task An_alert_that_cannot_be_read_keeps_none_of_the_others_from_being_told_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var standIn = await StandIn.OpenAsync("alertmanager");
        using var rig = Rig.Of(Clocks.Real, ("am", "alertmanager", standIn.Url.ToString()));
        await OutboxTable.OpenAsync(database.Source, "alerts:am", default);
        await PutAsync(database, "outbox_standing", "alerts:am", "nonsense");

        Assert.Equal((2, 1), await new RepeatRun(database.Source, Clocks.Real).RunAsync(rig.Catalog.Receivers[0], default));
        Assert.Equal("7", JsonDocument.Parse(Assert.Single(standIn.Got)).RootElement[0].GetProperty("labels").GetProperty("incident").GetString());
    }

    [Fact]
    public async Task The_loops_live_on_after_a_fault_of_the_program()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new ManualTime(Sample.At);
        var clocks = new Clocks(clock, clock);
        using var rig = Rig.Of(clocks, ("pager", "pagerduty", "http://127.0.0.1:1"), ("switch", "ping", "http://127.0.0.1:1"));
        // Disposed: what it throws is no fault of a database.
        var gone = Npgsql.NpgsqlDataSource.Create(database.ConnectionString);
        await gone.DisposeAsync();
        using var service = new SendService(
            gone, rig.Catalog, new OutboxDrain(gone, Node.Create(), clocks), new RepeatRun(gone, clocks), new AckRun(gone, clocks), new LifeRun(gone, rig.Catalog, clocks), clocks,
            NullLogger<SendService>.Instance);
        await service.StartAsync(default);
        for (var turn = 0; turn < 3; turn++)
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        Assert.False(service.ExecuteTask!.IsCompleted);
        await service.StopAsync(default);
    }

    // One that is wrong, and a right one of another subject behind it.
    private static Task<int> PutAsync(TestDatabase database, string table, string channel, string wrong) => database.ExecuteAsync(
        table == "outbox"
            ? """
              insert into outbox (channel, message_id, subject, kind, body, created_at, due_at)
              values ($1, 'wrong', 'incident:1', 'page', $2, $4, $4), ($1, 'right', 'incident:7', 'page', $3, $4, $4)
              """
            : """
              insert into outbox_standing (channel, key, message_id, subject, kind, body, taken_at)
              values ($1, 'a', 'wrong', 'incident:1', 'page', $2, $4), ($1, 'b', 'right', 'incident:7', 'page', $3, $4)
              """, channel, wrong, NotificationJson.Write(Sample.Of()), Sample.At);
}
