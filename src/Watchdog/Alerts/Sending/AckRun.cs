using Npgsql;
using Watchdog.Alerts.Receivers;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Sending;

/// <summary>
/// Tells receivers that a person has an incident in hand: a message a page, whichever worker writes it, behind the last one that the receiver was sent.
/// </summary>
public sealed class AckRun(NpgsqlDataSource database, Clocks clocks)
{
    /// <summary>Writes what is missing to one receiver's channel; returns how many.</summary>
    public async Task<int> RunAsync(IReceiver receiver, CancellationToken ct)
    {
        if (!receiver.Takes("acknowledge"))
        {
            return 0;
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            insert into outbox (channel, message_id, subject, kind, body, created_at, due_at, traceparent)
            select o.channel, format('incident_%s_ack_%s', i.id, i.generation), o.subject, 'acknowledge', o.body, $2, $2, o.traceparent
            from incident i cross join lateral (
              -- The last but one where the last took an older page away.
              select * from outbox o where o.channel = $1 and o.message_id in (format('incident_%s_%s', i.id, i.sequence), format('incident_%s_%s', i.id, i.sequence - 1))
                and o.kind in ('page', 'update') order by o.id desc limit 1) o
            where i.resolved_at is null and i.acked_at is not null
            on conflict (channel, message_id) do nothing
            """, AlertChannels.Prefix + receiver.Name, clocks.Wall.GetUtcNow());
        return await command.ExecuteNonQueryAsync(ct);
    }
}
