using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Reports.Queue;

/// <summary>The cases before and after one in a queue; null: there is none.</summary>
public sealed record Neighbours(long? Previous, long? Next);

/// <summary>Finds what a queue shows right before and right after a case, so that a reader walks through it without going back.</summary>
public sealed class QueueNeighbours(Clocks clocks)
{
    /// <summary>Asks for them; the case need not be in the queue any more. The answers hold one key each, or none.</summary>
    internal (IReadOnlyList<long> Previous, IReadOnlyList<long> Next) Ask(Questions asked, QueueFilter filter, CaseRecord of)
    {
        if (filter.Unclear)
        {
            return ([], []);
        }

        var rank = QueueOrder.RankOf(of.Class);
        var cases = filter.Cases(clocks.Fleet.GetUtcNow());
        return (
            Ask(asked, cases, of, "<", QueueOrder.Backwards, [.. QueueOrder.Classes.Take(rank).Reverse()]),
            Ask(asked, cases, of, ">", QueueOrder.Within, [.. QueueOrder.Classes.Skip(rank + 1)]));
    }

    // In its own class; else the first one of the nearest class that has any.
    private static IReadOnlyList<long> Ask(Questions asked, CaseFilter cases, CaseRecord of, string side, string order, string[] classes)
    {
        List<object?> values = [of.Class, -of.Score, of.OpenedAt, of.Id, classes];
        var where = cases.FoldedCondition(values);
        return asked.Ask(
            $"""
            select n.id from (
              (select 0::bigint as away, c.id from case_file c where {where} and c.class = $1 and ((-c.score), c.opened_at, c.id) {side} ($2, $3, $4) order by {order} limit 1)
              union all
              (select k.away, f.id from unnest($5) with ordinality as k(class, away)
                cross join lateral (select c.id from case_file c where {where} and c.class = k.class order by {order} limit 1) f)) n
            order by n.away limit 1
            """, r => r.GetInt64(0), [.. values]);
    }
}
