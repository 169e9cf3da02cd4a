using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.History;

namespace Watchdog.Slo.Books;

/// <summary>
/// Reads the logs on from where the books stand, in the order of transactions and only below the oldest one that still runs, and marks each VM
/// that they tell of with the first minute that the news reach back to. The place moves in the transaction that marks.
/// </summary>
internal static class News
{
    /// <summary>Rows of a log a transaction: a first run over a fleet of 150,000 takes eight.</summary>
    public const int RowsAtOnce = 20_000;

    private const string Range = "(x.xid, x.id) > ($1::text::xid8, $2) and (x.xid, x.id) <= ($3::text::xid8, $4)";
    private const string Health = "x.kind in ('vm.status', 'vm.agent')";
    private const string Deeds =
        "x.kind in ('case.ruled', 'act.applied', 'act.verified', 'act.unverifiable', 'act.escalated', 'act.failed', 'act.released')";

    // The order counts: a VM's first state change makes its row.
    private static readonly (string Log, string Table, string Of, string[] Marks)[] Logs =
    [
        ("transition", "vm_transition", "true",
        [
            $"""
            insert into slo_vm as v (instance_id, scope, dirty_min, dirty_why)
            select x.instance_id, (array_agg(x.scope order by x.id desc))[1], min({MinuteOf("x.at")}), 'a state change' from vm_transition x where {Range} group by 1
            on conflict (instance_id) do update set dirty_min = least(v.dirty_min, excluded.dirty_min), dirty_why = coalesce(v.dirty_why, excluded.dirty_why)
            """,
        ]),
        ("membership", "vm_membership", "true",
        [
            Update($"""
                select x.instance_id, (array_agg(x.scope order by x.id desc))[1] as scope, min({MinuteOf("x.at")}) as from_min, 'another group' as why
                from vm_membership x where {Range} group by 1
                """),
        ]),
        ("event", "event", $"({Health} or {Deeds})",
        [
            Update($"""
                select x.subject as instance_id, null::smallint as scope, 'another reading of its health' as why,
                  min(least({MinuteOf("x.at")}, {MinuteOf("(x.data->>'impaired_since')::timestamptz")}, {MinuteOf("(x.data->>'since')::timestamptz")})) as from_min
                from event x where {Range} and {Health} group by 1
                """),
            Update($"""
                select a.instance_id, null::smallint as scope, min({MinuteOf("h.at")}) as from_min,
                  coalesce(max('case ' || (x.data->>'case') || ' ruled ' || (x.data->>'ruling')) filter (where x.kind = 'case.ruled'), 'what Watchdog did') as why
                from event x join act a on {HoldSql.Kinds} and (a.id = (x.data->>'act')::bigint or x.kind = 'case.ruled' and a.case_id = (x.data->>'case')::bigint)
                cross join lateral (select {HoldSql.From} as at) h
                where {Range} and {Deeds} and h.at is not null group by 1
                """),
        ]),
    ];

    /// <summary>The oldest transaction that still runs: everything below it is settled.</summary>
    public static async Task<string> HorizonAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "select pg_snapshot_xmin(pg_current_snapshot())::text");
        var horizon = (string)(await command.ExecuteScalarAsync(ct))!;
        // A place ahead of this database's transactions comes from a dump that was restored into another cluster.
        await using var back = Statement.On(connection, transaction, "update slo_cursor set xid = $1::text::xid8, id = 0 where xid > $1::text::xid8", horizon);
        await back.ExecuteNonQueryAsync(ct);
        return horizon;
    }

    /// <summary>Takes the next rows in.</summary>
    /// <returns>Whether all below the horizon is taken in now.</returns>
    public static async Task<bool> TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string horizon, CancellationToken ct)
    {
        foreach (var (log, table, of, marks) in Logs)
        {
            var (from, to, last) = await NextAsync(connection, transaction, log, table, of, horizon, ct);
            foreach (var mark in marks)
            {
                await using var command = Statement.On(connection, transaction, mark, from.Xid, from.Id, to.Xid, to.Id);
                await command.ExecuteNonQueryAsync(ct);
            }

            await using var move = Statement.On(connection, transaction, "update slo_cursor set xid = $2::text::xid8, id = $3 where log = $1", log, to.Xid, to.Id);
            await move.ExecuteNonQueryAsync(ct);
            if (!last)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<(Place From, Place To, bool Last)> NextAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string log, string table, string of, string horizon, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            select c.xid::text, c.id, x.xid::text, x.id from slo_cursor c left join lateral (
              select x.xid, x.id from {table} x where (x.xid, x.id) > (c.xid, c.id) and x.xid < $2::text::xid8 and {of}
              order by x.xid, x.id offset $3 limit 1) x on true
            where c.log = $1
            """, log, horizon, RowsAtOnce - 1);
        var (from, to) = (await Ledger.Rows.AllAsync(command, static r => (
            new Place(r.GetString(0), r.GetInt64(1)), r.IsDBNull(2) ? (Place?)null : new Place(r.GetString(2), r.GetInt64(3))), ct)).Single();
        return (from, to ?? new Place(horizon, 0), to is null);
    }

    private static string MinuteOf(string instant) => $"floor(extract(epoch from {instant}) / 60)::int";

    // A VM without a row is told of by the log of state changes later, from its beginning on. A ruling is the reason that people look for.
    private static string Update(string news) => $"""
        update slo_vm v set scope = coalesce(n.scope, v.scope), dirty_min = least(v.dirty_min, n.from_min),
          dirty_why = case when n.why like 'case %' then n.why else coalesce(v.dirty_why, n.why) end
        from ({news}) n
        where v.instance_id = n.instance_id
          and (v.dirty_min is null or v.dirty_min > n.from_min or n.scope <> v.scope or n.why like 'case %')
        """;

    private readonly record struct Place(string Xid, long Id);
}
