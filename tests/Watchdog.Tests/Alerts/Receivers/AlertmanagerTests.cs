using System.Text.Json;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Sending;
using Watchdog.Diagnostics;
using Watchdog.Storage;
using Watchdog.Testing;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Alerts.Receivers;

/// <summary>The real Alertmanager, fed from the outbox, and asked by its own API.</summary>
public sealed class AlertmanagerTests
{
    private static readonly TimeSpan Ahead = RepeatRun.Period;

    [Fact]
    public async Task Incidents_fire_are_grouped_updated_and_resolved_and_come_back_after_its_restart()
    {
        await using var alertmanager = await RealAlertmanager.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        // Alertmanager's clock is the machine's; repeats are due by ours, which may run ahead of it.
        var clock = new Testing.ManualTime(TimeProvider.System.GetUtcNow());
        var clocks = new Clocks(clock, clock);
        using var rig = Rig.Of(clocks, ("am", "alertmanager", alertmanager.Url));
        var drain = new OutboxDrain(database.Source, Node.Create(), clocks);
        var repeats = new RepeatRun(database.Source, clocks);
        await OutboxTable.OpenAsync(database.Source, "alerts:am", default);

        await PutAsync(Sample.Of(incident: 7, at: clock.GetUtcNow()), Sample.Of(incident: 8, at: clock.GetUtcNow()));
        await drain.RunAsync(rig.Channel("am"), default);
        Assert.Equal(["7", "8"], (await alertmanager.AlertsAsync()).Select(one => Label(one, "incident")).Order(StringComparer.Ordinal));
        var group = Assert.Single(await alertmanager.GroupsAsync());
        Assert.Equal(("WatchdogAbuse", 2), (group.GetProperty("labels").GetProperty("alertname").GetString(), group.GetProperty("alerts").GetArrayLength()));

        await PutAsync(Sample.Of(NotificationKind.Update, 7, sequence: 2, at: clock.GetUtcNow()) with { Size = 900 });
        await drain.RunAsync(rig.Channel("am"), default);
        var updated = (await alertmanager.AlertsAsync()).Single(one => Label(one, "incident") == "7");
        Assert.StartsWith("900 now", updated.GetProperty("annotations").GetProperty("size").GetString(), StringComparison.Ordinal);

        await alertmanager.RestartAsync();
        Assert.Empty(await alertmanager.AlertsAsync());
        Assert.Equal((2, 0), await repeats.RunAsync(rig.Catalog.Receivers[0], default));
        Assert.Equal((0, 0), await repeats.RunAsync(rig.Catalog.Receivers[0], default));
        Assert.Equal(2, (await alertmanager.AlertsAsync()).Count);

        await PutAsync(Sample.Of(NotificationKind.Resolve, 7, sequence: 3, at: clock.GetUtcNow()));
        await drain.RunAsync(rig.Channel("am"), default);
        await OpenAsync("8");
        // An end that a restarted Alertmanager has not heard of is told again, for five minutes.
        clock.Advance(Ahead);
        Assert.Equal((2, 0), await repeats.RunAsync(rig.Catalog.Receivers[0], default));
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal((1, 0), await repeats.RunAsync(rig.Catalog.Receivers[0], default));
        await OpenAsync("8");

        await rig.Catalog.Pulses["am"].BeatAsync(clock.GetUtcNow(), "alive", default);
        Assert.Contains(await alertmanager.AlertsAsync(), one => Label(one, "alertname") == "WatchdogHeartbeat");

        async Task PutAsync(params Notification[] all)
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var one in all)
            {
                await OutboxTable.AddAsync(connection, transaction, "alerts:am", one.MessageId, $"incident:{one.Incident}", one.Kind.ToString().ToLowerInvariant(),
                    NotificationJson.Write(one), clock.GetUtcNow(), null, default);
            }

            await transaction.CommitAsync();
        }

        // What has ended leaves the API when its end lies behind Alertmanager's own clock.
        Task OpenAsync(string incident) => Until.TrueAsync(async () =>
            (await alertmanager.AlertsAsync()).Where(one => Label(one, "alertname") == "WatchdogAbuse").Select(one => Label(one, "incident")).SequenceEqual([incident]));
    }

    private static string? Label(JsonElement alert, string name) => alert.GetProperty("labels").TryGetProperty(name, out var value) ? value.GetString() : null;
}
