using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Webhooks;

/// <summary>Messages on their way to receivers, a channel each; written in the transaction that reads their cause.</summary>
public static class OutboxTable
{
    /// <summary>The columns of an <see cref="OutboxMessage"/>, in its order, of <c>outbox o</c>.</summary>
    internal const string Columns = "o.id, o.channel, o.message_id, o.subject, o.kind, o.body, o.created_at, o.due_at, o.attempts, o.state, o.status, o.detail, o.done_at, o.traceparent";

    /// <summary>Puts a message out that tells of what happens now; one with the same id is there once.</summary>
    public static Task AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string channel, string messageId, string subject, string kind, string body, DateTimeOffset at,
        CancellationToken ct) => AddAsync(connection, transaction, channel, messageId, subject, kind, body, at, Spans.Traceparent, ct);

    /// <summary>Puts a message out; one with the same id is there once.</summary>
    /// <param name="traceparent">The W3C traceparent of what it tells of.</param>
    public static async Task AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string channel, string messageId, string subject, string kind, string body, DateTimeOffset at,
        string? traceparent, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            insert into outbox (channel, message_id, subject, kind, body, created_at, due_at, traceparent) values ($1, $2, $3, $4, $5, $6, $6, $7)
            on conflict (channel, message_id) do nothing
            """, channel, messageId, subject, kind, body, at, traceparent);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Makes a channel known that others write for: its figures are told while nothing waits, too.</summary>
    public static async Task OpenAsync(NpgsqlDataSource database, string channel, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null, "insert into outbox_channel (name) values ($1) on conflict (name) do nothing", channel);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The newest messages of channels whose names begin so, without those of other states where one is named.</summary>
    public static async Task<IReadOnlyList<OutboxMessage>> ListAsync(NpgsqlDataSource database, string channels, string? state, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"select {Columns} from outbox o where starts_with(o.channel, $1) and ($2::text is null or o.state = $2) order by o.id desc limit $3", channels, state, limit);
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>
    /// Sends messages anew, whatever became of them, and opens a channel that its receiver has closed. With each go the later ones of its subject that were sent, so
    /// that what the receiver hears last is how it stands.
    /// </summary>
    /// <param name="id">One message; null: all that are dead.</param>
    /// <returns>How many wait now because of it.</returns>
    public static async Task<int> ReplayAsync(NpgsqlDataSource database, string channel, long? id, string actor, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var again = Statement.On(connection, transaction,
            """
            update outbox o set state = 'waiting', attempts = 0, due_at = $3::timestamptz, done_at = null
            where o.channel = $1 and exists (
              select 1 from outbox m where m.channel = $1 and ($2::bigint is null and m.state = 'dead' or m.id = $2)
                and (m.id = o.id or m.subject = o.subject and m.id < o.id and o.state in ('sent', 'dead')))
            """, channel, id, at);
        var count = await again.ExecuteNonQueryAsync(ct);
        await using var open = Statement.On(connection, transaction, "update outbox_channel set closed_at = null where name = $1", channel);
        await open.ExecuteNonQueryAsync(ct);
        await Audit.AppendAsync(connection, transaction, at, actor, "outbox.replayed", $"outbox:{channel}", new { message = id, messages = count }, ct);
        await transaction.CommitAsync(ct);
        return count;
    }

    internal static OutboxMessage Read(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetFieldValue<DateTimeOffset>(6),
        r.GetFieldValue<DateTimeOffset>(7), r.GetInt32(8), r.GetString(9), r.IsDBNull(10) ? null : r.GetInt32(10), r.IsDBNull(11) ? null : r.GetString(11),
        r.IsDBNull(12) ? null : r.GetFieldValue<DateTimeOffset>(12), r.IsDBNull(13) ? null : r.GetString(13));
}
