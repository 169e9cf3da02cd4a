using System.Text.Json;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Sending;
using Watchdog.Diagnostics;
using Watchdog.Storage;
using Watchdog.Testing;
using Watchdog.Tests.Alerts.Receivers;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Alerts.Sending;

public sealed class AckTests
{
    [Fact]
    public async Task An_incident_that_a_person_took_in_hand_is_acknowledged_once_a_page_where_that_is_known()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var pager = await StandIn.OpenAsync("pagerduty");
        await using var chat = await StandIn.OpenAsync("slack");
        using var rig = Rig.Of(Clocks.Real, ("pager", "pagerduty", pager.Url.ToString()), ("chat", "slack", chat.Url.ToString()));
        var acks = new AckRun(database.Source, Clocks.Real);
        var drain = new OutboxDrain(database.Source, Node.Create(), Clocks.Real);
        await database.ExecuteAsync(
            """
            insert into incident (kind, technique, scope, severity, opened_at, settles_at, due_at, generation, sequence, acked_at, acked_by)
            values ('abuse', 'miner', 's', 'critical', $1, $1, $1, 2, 3, $1, 'ann')
            """, Sample.At);
        var id = await database.ScalarAsync<long>("select id from incident");
        // The page takes the place of the one before, whose end comes last.
        foreach (var one in (Notification[])[Sample.Of(incident: id, generation: 2, sequence: 2), Sample.Of(NotificationKind.Resolve, id, 1, 3)])
        {
            await database.ExecuteAsync(
                """
                insert into outbox (channel, message_id, subject, kind, body, created_at, due_at)
                select 'alerts:' || name, $1, $2, $3, $4, $5, $5 from unnest(array['pager', 'chat']) name
                """, one.MessageId, $"incident:{id}", one.Kind == NotificationKind.Page ? "page" : "resolve", NotificationJson.Write(one), Sample.At);
        }

        for (var i = 0; i < 2; i++)
        {
            foreach (var receiver in rig.Catalog.Receivers)
            {
                Assert.Equal(i == 0 && receiver.Name == "pager" ? 1 : 0, await acks.RunAsync(receiver, default));
                await drain.RunAsync(rig.Channel(receiver.Name), default);
            }
        }

        Assert.Equal(
            [("trigger", $"watchdog-{id}-2"), ("resolve", $"watchdog-{id}-1"), ("acknowledge", $"watchdog-{id}-2")],
            pager.Got.Select(body => JsonDocument.Parse(body).RootElement).Select(e => (e.GetProperty("event_action").GetString()!, e.GetProperty("dedup_key").GetString()!)));
        Assert.Equal(2, chat.Got.Count);
    }
}
