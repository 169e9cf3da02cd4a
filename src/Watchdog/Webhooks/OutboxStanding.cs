using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Webhooks;

/// <summary>What receivers that forget were told last (table <c>outbox_standing</c>), apart from the outbox, which is trimmed.</summary>
public static class OutboxStanding
{
    /// <summary>Puts a message in the place of the one before it; an older one that is sent late changes nothing.</summary>
    public static async Task PutAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, OutboxMessage message, string key, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            insert into outbox_standing (channel, key, message_id, subject, kind, body, traceparent, taken_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (channel, key) do update set
              message_id = excluded.message_id, kind = excluded.kind, body = excluded.body, traceparent = excluded.traceparent, taken_at = excluded.taken_at
            """, message.Channel, key, message.MessageId, message.Subject, message.Kind, message.Body, message.Traceparent, at);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// What is to be told again now, to the worker that asks first in a period; empty for the others. What is over (<c>resolve</c>) stands for a while only.
    /// </summary>
    /// <param name="period">Between two rounds.</param>
    /// <param name="overFor">How long what is over is told again.</param>
    public static async Task<IReadOnlyList<OutboxMessage>> DueAsync(
        NpgsqlDataSource database, string channel, DateTimeOffset now, TimeSpan period, TimeSpan overFor, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var turn = Statement.On(connection, transaction,
            """
            update outbox_channel set repeated_at = $2 where name = $1 and closed_at is null and (repeated_at is null or repeated_at <= $3 or repeated_at > $4)
            """, channel, now, now - period, now + period);
        if (await turn.ExecuteNonQueryAsync(ct) == 0)
        {
            return [];
        }

        await using var over = Statement.On(connection, transaction,
            "delete from outbox_standing where channel = $1 and kind = 'resolve' and taken_at < $2", channel, now - overFor);
        await over.ExecuteNonQueryAsync(ct);
        await using var read = Statement.On(connection, transaction,
            """
            select 0::bigint, channel, message_id, subject, kind, body, taken_at, taken_at, 0, 'sent', null::int, null::text, null::timestamptz, traceparent
            from outbox_standing where channel = $1 order by taken_at, key
            """, channel);
        var due = await Rows.AllAsync(read, OutboxTable.Read, ct);
        await transaction.CommitAsync(ct);
        return due;
    }
}
