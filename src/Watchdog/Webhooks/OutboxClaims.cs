using Npgsql;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Ledger;

namespace Watchdog.Webhooks;

/// <summary>
/// Takes messages to send, and notes what came of it. A claim is one worker's until it lapses, so that several send at once and a worker that died holds up
/// its own few messages only; whoever sends twice does it under the same message id.
/// </summary>
public static class OutboxClaims
{
    // What lies further ahead than any ladder of retries (or than two leases) was written by a clock that has stepped back since.
    private static readonly TimeSpan Farthest = TimeSpan.FromHours(29);
    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Claims what may be sent now: of each subject the oldest that waits, when its time has come; nothing while the channel is closed. Before that, messages
    /// that a later one of their subject made pointless are set aside.
    /// </summary>
    /// <param name="lease">How long the claim holds.</param>
    public static async Task<IReadOnlyList<OutboxMessage>> TakeAsync(
        NpgsqlDataSource database, string channel, string worker, DateTimeOffset now, TimeSpan lease, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var sign = Statement.On(connection, transaction,
            "update outbox_channel set asked_at = $2 where name = $1 and (asked_at is null or asked_at < $3 or asked_at > $2)", channel, now, now - BetweenSigns);
        await sign.ExecuteNonQueryAsync(ct);
        await using var collapse = Statement.On(connection, transaction,
            """
            update outbox set state = 'superseded', done_at = $2, detail = 'a later message of its subject waits' where id in (
              select u.id from outbox u
              where u.channel = $1 and u.state = 'waiting' and u.kind in ('update', 'beat') and (u.claimed_until is null or u.claimed_until <= $2 or u.claimed_until > $3)
                and exists (select 1 from outbox l where l.channel = $1 and l.state = 'waiting' and l.subject = u.subject and l.id > u.id)
              for update of u skip locked)
            """, channel, now, now + 2 * lease);
        var aside = await collapse.ExecuteNonQueryAsync(ct);
        await using var take = Statement.On(connection, transaction,
            $"""
            with head as (
              select o.id from outbox o
              where o.channel = $1 and o.state = 'waiting' and (o.attempts = 0 or o.due_at <= $2 or o.due_at > $6)
                and (o.claimed_until is null or o.claimed_until <= $2 or o.claimed_until > $7)
                and not exists (select 1 from outbox e where e.channel = $1 and e.state = 'waiting' and e.subject = o.subject and e.id < o.id)
                and not exists (select 1 from outbox_channel c where c.name = $1 and c.closed_at is not null)
              order by o.due_at, o.id limit $4 for update of o skip locked)
            update outbox o set claimed_by = $5, claimed_until = $3 from head where o.id = head.id returning {OutboxTable.Columns}
            """, channel, now, now + lease, limit, worker, now + Farthest, now + 2 * lease);
        var taken = await Rows.AllAsync(take, OutboxTable.Read, ct);
        await transaction.CommitAsync(ct);
        MessageMeters.SetAside(channel, aside);
        return taken;
    }

    /// <summary>Writes what an attempt came to. A failure of a worker whose claim lapsed is not written: the message is another's.</summary>
    /// <param name="standing">The key under which a message that was taken is told again; null: it is not.</param>
    /// <returns>Whether it was written.</returns>
    public static async Task<bool> NoteAsync(
        NpgsqlDataSource database, OutboxMessage message, string worker, WebhookAnswer answer, Delivery next, TimeSpan wait, string? standing, DateTimeOffset at,
        CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = Statement.On(connection, transaction,
            """
            update outbox set attempts = attempts + 1, status = $2, detail = $3, due_at = $4::timestamptz, state = $5, claimed_by = null, claimed_until = null,
              done_at = case when $5 = 'waiting' then null else $6::timestamptz end
            where id = $1 and state = 'waiting' and ($5 = 'sent' or claimed_by = $7 and attempts = $8)
            """,
            message.Id, answer.Status, CleanText.Of(answer.Detail, 500), at + wait,
            next switch { Delivery.Sent => "sent", Delivery.Dead => "dead", Delivery.LeftOut => "superseded", _ => "waiting" }, at, worker, message.Attempts);
        var written = await command.ExecuteNonQueryAsync(ct) > 0;
        if (next == Delivery.Closed)
        {
            await using var close = Statement.On(connection, transaction,
                """
                insert into outbox_channel (name, closed_at) values ($1, $2)
                on conflict (name) do update set closed_at = coalesce(outbox_channel.closed_at, excluded.closed_at)
                """, message.Channel, at);
            await close.ExecuteNonQueryAsync(ct);
        }

        // Sent a second time by a worker whose claim had lapsed: what came after it may stand by now.
        if (written && next == Delivery.Sent && standing is not null)
        {
            await OutboxStanding.PutAsync(connection, transaction, message, standing, at, ct);
        }

        await transaction.CommitAsync(ct);
        return written;
    }

    /// <summary>Gives up what a worker has claimed and will not send, as it ends.</summary>
    public static async Task ReleaseAsync(NpgsqlDataSource database, string channel, string worker, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            "update outbox set claimed_by = null, claimed_until = null where channel = $1 and state = 'waiting' and claimed_by = $2", channel, worker);
        await command.ExecuteNonQueryAsync(ct);
    }
}
