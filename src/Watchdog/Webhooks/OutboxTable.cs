using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Webhooks;

/// <summary>A row of <c>outbox</c>.</summary>
/// <param name="MessageId">The header <c>webhook-id</c>; written once a channel.</param>
/// <param name="Subject">What it is about: messages of one subject go in their order.</param>
/// <param name="State"><c>waiting sent dead</c>.</param>
/// <param name="Traceparent">The W3C traceparent of what it tells of, which its sending links to; null where nobody traced.</param>
/// <param name="Status">HTTP's status of the last attempt, 0 without an answer; null before the first.</param>
public sealed record OutboxMessage(
    long Id, string MessageId, string Subject, string Kind, string Body, DateTimeOffset CreatedAt, DateTimeOffset DueAt, int Attempts, string State, int? Status,
    string? Detail, DateTimeOffset? DoneAt, string? Traceparent = null);

/// <summary>Messages on their way to receivers, a channel each; written in the transaction that reads their cause.</summary>
public static class OutboxTable
{
    private const string Columns = "o.id, o.message_id, o.subject, o.kind, o.body, o.created_at, o.due_at, o.attempts, o.state, o.status, o.detail, o.done_at, o.traceparent";

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

    /// <summary>What may be sent now: of each subject the oldest that waits, when its time has come. Empty while the channel is closed.</summary>
    public static async Task<IReadOnlyList<OutboxMessage>> DueAsync(NpgsqlConnection connection, string channel, DateTimeOffset now, int limit, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null,
            $"""
            select {Columns} from outbox o
            where o.channel = $1 and o.state = 'waiting' and o.due_at <= $2
              and not exists (select 1 from outbox e where e.channel = $1 and e.state = 'waiting' and e.subject = o.subject and e.id < o.id)
              and not exists (select 1 from outbox_channel c where c.name = $1 and c.closed_at is not null)
            order by o.due_at, o.id limit $3
            """, channel, now, limit);
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>Writes what an attempt came to.</summary>
    public static async Task NoteAsync(
        NpgsqlDataSource database, string channel, OutboxMessage message, WebhookAnswer answer, Delivery next, TimeSpan wait, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = Statement.On(connection, transaction,
            """
            update outbox set attempts = attempts + 1, status = $2, detail = $3, due_at = $4::timestamptz, state = $5,
              done_at = case when $5 = 'waiting' then null else $6::timestamptz end
            where id = $1
            """,
            message.Id, answer.Status, CleanText.Of(answer.Detail, 500), at + wait, next switch { Delivery.Sent => "sent", Delivery.Dead => "dead", _ => "waiting" }, at);
        await command.ExecuteNonQueryAsync(ct);
        if (next == Delivery.Closed)
        {
            await using var close = Statement.On(connection, transaction, "update outbox_channel set closed_at = $2 where name = $1 and closed_at is null", channel, at);
            await close.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>The newest messages of a channel, without those of other states where one is named.</summary>
    public static async Task<IReadOnlyList<OutboxMessage>> ListAsync(NpgsqlDataSource database, string channel, string? state, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"select {Columns} from outbox o where o.channel = $1 and ($2::text is null or o.state = $2) order by o.id desc limit $3", channel, state, limit);
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>Sends messages anew, sent or dead, and opens a channel that its receiver has closed.</summary>
    /// <param name="id">One message; null: all that are dead.</param>
    /// <returns>How many wait now because of it.</returns>
    public static async Task<int> ReplayAsync(NpgsqlDataSource database, string channel, long? id, string actor, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var again = Statement.On(connection, transaction,
            """
            update outbox set state = 'waiting', attempts = 0, due_at = $3::timestamptz, done_at = null
            where channel = $1 and ($2::bigint is null and state = 'dead' or id = $2)
            """, channel, id, at);
        var count = await again.ExecuteNonQueryAsync(ct);
        await using var open = Statement.On(connection, transaction, "update outbox_channel set closed_at = null where name = $1", channel);
        await open.ExecuteNonQueryAsync(ct);
        await Audit.AppendAsync(connection, transaction, at, actor, "outbox.replayed", $"outbox:{channel}", new { message = id, messages = count }, ct);
        await transaction.CommitAsync(ct);
        return count;
    }

    private static OutboxMessage Read(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetFieldValue<DateTimeOffset>(5), r.GetFieldValue<DateTimeOffset>(6),
        r.GetInt32(7), r.GetString(8), r.IsDBNull(9) ? null : r.GetInt32(9), r.IsDBNull(10) ? null : r.GetString(10),
        r.IsDBNull(11) ? null : r.GetFieldValue<DateTimeOffset>(11), r.IsDBNull(12) ? null : r.GetString(12));
}
