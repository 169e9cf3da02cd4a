using Npgsql;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Receivers;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Sending;

/// <summary>Puts bulletins out to the receivers that show them, in the transaction of what they tell of.</summary>
public sealed class BulletinDesk(ReceiverCatalog receivers, Clocks clocks)
{
    private readonly IReadOnlyList<string> boards = [.. receivers.Receivers.Where(one => one is IBoard).Select(one => one.Name)];

    /// <summary>Writes one into the outbox of each receiver that shows bulletins; one that is there already stays as it is.</summary>
    /// <param name="only">Of them only those that are named; without names all.</param>
    public async Task PostAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Bulletin bulletin, IReadOnlyList<string> only, CancellationToken ct)
    {
        var body = NotificationJson.Write(bulletin);
        foreach (var name in boards.Where(name => only.Count == 0 || only.Contains(name)))
        {
            await OutboxTable.AddAsync(connection, transaction, AlertChannels.Prefix + name, bulletin.Id, bulletin.Id, Bulletin.Kind, body, clocks.Wall.GetUtcNow(), ct);
        }
    }
}
