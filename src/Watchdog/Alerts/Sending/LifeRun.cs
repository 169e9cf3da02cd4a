using System.Globalization;
using Npgsql;
using Watchdog.Alerts.Receivers;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Sending;

/// <summary>
/// Puts a sign of life a minute into the outbox of each receiver that wants one, while Watchdog lives; several workers put one. It goes the way of every
/// notification, so that it proves that way.
/// </summary>
public sealed class LifeRun(NpgsqlDataSource database, ReceiverCatalog receivers, Clocks clocks)
{
    /// <summary>Between two signs.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // One that could not be sent for so long says nothing about now.
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>Decides and puts, once.</summary>
    /// <returns>Whether Watchdog lives, and why; null where nobody wants to know.</returns>
    public async Task<(bool Lives, string Reason)?> RunAsync(CancellationToken ct)
    {
        string[] channels = [.. receivers.Pulses.Keys.Select(name => AlertChannels.Prefix + name)];
        if (channels.Length == 0)
        {
            return null;
        }

        var now = clocks.Wall.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var tidy = Statement.On(connection, transaction,
            """
            with stale as (
              update outbox set state = 'superseded', done_at = $2, detail = 'too old to say anything' where id in (
                select id from outbox where channel = any($1) and kind = 'beat' and state = 'waiting' and created_at < $3 for update skip locked))
            delete from outbox where channel = any($1) and kind = 'beat' and state <> 'waiting' and done_at < $4
            """, channels, now, now - Stale, now - Kept);
        await tidy.ExecuteNonQueryAsync(ct);
        var (lives, reason) = LifeRules.Decide(await LifeReads.ReadAsync(connection, transaction, [.. receivers.Receivers.Select(one => AlertChannels.Prefix + one.Name)], ct), now);
        if (lives)
        {
            var minute = now.ToUnixTimeSeconds() / (long)Period.TotalSeconds;
            foreach (var channel in channels)
            {
                await OutboxTable.AddAsync(connection, transaction, channel, string.Create(CultureInfo.InvariantCulture, $"life_{minute}"), AlertChannels.Life,
                    OutboxMessage.Beat, reason, now, null, ct);
            }
        }

        await transaction.CommitAsync(ct);
        return (lives, reason);
    }
}
