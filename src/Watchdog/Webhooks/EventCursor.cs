using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Webhooks;

/// <summary>One event of the log.</summary>
/// <param name="DataJson">Its data as a JSON object.</param>
/// <param name="Traceparent">The W3C traceparent of what brought it about; null where nobody traced.</param>
public sealed record LoggedEvent(long Id, string XidText, DateTimeOffset At, string Kind, string Subject, string DataJson, string? Traceparent = null);

/// <summary>
/// A channel's place in the event log: in the order of transactions and only below the oldest one that still runs, so that what commits late is not
/// skipped. The place moves in the transaction that writes what was read into the outbox.
/// </summary>
public static class EventCursor
{
    /// <summary>Locks the channel's place and reads on from there; a new channel begins with what happens from now on.</summary>
    /// <param name="at">Wall time: kept with the place, as a sign that somebody reads.</param>
    public static async Task<IReadOnlyList<LoggedEvent>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string channel, int limit, DateTimeOffset at, CancellationToken ct)
    {
        // A place ahead of this database's transactions comes from a dump that was restored into another cluster: it begins anew.
        await using var place = Statement.On(connection, transaction,
            """
            insert into outbox_channel (name, cursor_xid, cursor_id, read_at) values ($1, pg_snapshot_xmin(pg_current_snapshot()), 0, $2)
            on conflict (name) do update set
              read_at = excluded.read_at,
              cursor_id = case when outbox_channel.cursor_xid > excluded.cursor_xid then 0 else outbox_channel.cursor_id end,
              cursor_xid = least(outbox_channel.cursor_xid, excluded.cursor_xid)
            """, channel, at);
        await place.ExecuteNonQueryAsync(ct);
        await using var command = Statement.On(connection, transaction,
            """
            -- The place as two values, not as a joined row: only then does the index begin there, and not at the log's first event.
            select e.id, e.xid::text, e.at, e.kind, e.subject, e.data::text, e.traceparent from event e
            where (e.xid, e.id) > ((select cursor_xid from outbox_channel where name = $1), (select cursor_id from outbox_channel where name = $1))
              and e.xid < pg_snapshot_xmin(pg_current_snapshot())
            order by e.xid, e.id limit $2
            """, channel, limit);
        return await Rows.AllAsync(command, r => new LoggedEvent(
            r.GetInt64(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.GetString(3), r.GetString(4), r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6)), ct);
    }

    /// <summary>Moves the place behind an event.</summary>
    public static async Task MoveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string channel, LoggedEvent last, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "update outbox_channel set cursor_xid = $2::text::xid8, cursor_id = $3 where name = $1", channel, last.XidText, last.Id);
        await command.ExecuteNonQueryAsync(ct);
    }
}
