using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Reports.Queue;

/// <summary>The cases before and after one in a queue; null: there is none.</summary>
public sealed record Neighbours(long? Previous, long? Next);

/// <summary>Finds what a queue shows right before and right after a case, so that a reader walks through it without going back.</summary>
public sealed class QueueNeighbours(Clocks clocks)
{
    /// <summary>Reads them; the case need not be in the queue any more.</summary>
    public async Task<Neighbours> ReadAsync(NpgsqlConnection connection, QueueFilter filter, CaseRecord of, CancellationToken ct)
    {
        if (filter.Unclear)
        {
            return new(null, null);
        }

        var asked = new CaseFilter(filter.Show switch { "open" => true, "closed" => false, _ => null }, filter.State, filter.Detector, filter.Owner)
        {
            Headline = filter.Class, Before = filter.Age is { } hours ? clocks.Fleet.GetUtcNow().AddHours(-hours) : null, Scope = filter.Scope,
            Ruling = filter.Ruling == "none" ? "" : filter.Ruling,
        };
        var n = asked.Values.Length;
        await using var command = Statement.On(connection, null,
            $"""
            with q as materialized (select c.id, coalesce(array_position(${n + 2}, c.class), 99) as rank, -c.score as less, c.opened_at from case_file c
              where {CaseFilter.Condition} and (${n + 1}::text is null or starts_with(c.instance_id, ${n + 1}) or starts_with(c.owner, ${n + 1})) and c.id <> ${n + 3}
                and (${n + 1} is not null or c.lead_case is null or not exists (
                  select 1 from case_file l where l.id = c.lead_case and (l.closed_at is null) = (c.closed_at is null)))),
            here as (select coalesce(array_position(${n + 2}, ${n + 4}::text), 99) as rank, -(${n + 5}::double precision) as less, ${n + 6}::timestamptz as opened_at, ${n + 3}::bigint as id)
            select
              (select q.id from q, here h where (q.rank, q.less, q.opened_at, q.id) < (h.rank, h.less, h.opened_at, h.id) order by q.rank desc, q.less desc, q.opened_at desc, q.id desc limit 1),
              (select q.id from q, here h where (q.rank, q.less, q.opened_at, q.id) > (h.rank, h.less, h.opened_at, h.id) order by q.rank, q.less, q.opened_at, q.id limit 1)
            """, [.. asked.Values, filter.Text, QueueReads.BySeverity, of.Id, of.Class, of.Score, of.OpenedAt]);
        return (await Rows.AllAsync(command, r => new Neighbours(r.IsDBNull(0) ? null : r.GetInt64(0), r.IsDBNull(1) ? null : r.GetInt64(1)), ct)).Single();
    }
}
