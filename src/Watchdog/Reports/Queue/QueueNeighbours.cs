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

        await using var command = Statement.On(connection, null,
            $"""
            with q as materialized (select c.id, coalesce(array_position($17, c.class), 99) as rank, -c.score as less, c.opened_at from case_file c
              where {CaseFilter.FoldedCondition} and c.id <> $18),
            here as (select coalesce(array_position($17, $19::text), 99) as rank, -($20::double precision) as less, $21::timestamptz as opened_at, $18::bigint as id)
            select
              (select q.id from q, here h where (q.rank, q.less, q.opened_at, q.id) < (h.rank, h.less, h.opened_at, h.id) order by q.rank desc, q.less desc, q.opened_at desc, q.id desc limit 1),
              (select q.id from q, here h where (q.rank, q.less, q.opened_at, q.id) > (h.rank, h.less, h.opened_at, h.id) order by q.rank, q.less, q.opened_at, q.id limit 1)
            """, [.. filter.Cases(clocks.Fleet.GetUtcNow()).FoldedValues, QueueReads.BySeverity, of.Id, of.Class, of.Score, of.OpenedAt]);
        return (await Rows.AllAsync(command, r => new Neighbours(r.IsDBNull(0) ? null : r.GetInt64(0), r.IsDBNull(1) ? null : r.GetInt64(1)), ct)).Single();
    }
}
