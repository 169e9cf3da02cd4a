using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Slo.History;

/// <summary>Reads when scopes could be seen.</summary>
public static class SightReader
{
    /// <summary>Every scope that was ever looked at, with its spans that end at the instant or later and the last seen one of each kind before.</summary>
    public static async Task<IReadOnlyDictionary<short, ScopeSight>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, DateTimeOffset since, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select s.id, k.kind, c.id, c.from_at, c.to_at, c.seen, c.detail
            from scope s cross join (values ('inventory'), ('status')) k(kind) cross join lateral (
              select * from scope_coverage x where x.scope = s.id and x.kind = k.kind and x.to_at >= $1
              union all (select * from scope_coverage x where x.scope = s.id and x.kind = k.kind and x.to_at < $1 and x.seen
                order by x.from_at desc limit 1)) c
            order by c.from_at, c.id
            """, since);
        var rows = await Rows.AllAsync(command, static r => (Scope: r.GetInt16(0), Kind: r.GetString(1), Span: new SightSpan(
            r.GetInt64(2), r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4), r.GetBoolean(5), r.IsDBNull(6) ? null : r.GetString(6))), ct);
        return rows.GroupBy(row => row.Scope).ToDictionary(of => of.Key, of => new ScopeSight(
            of.Key, [.. of.Where(row => row.Kind == "inventory").Select(row => row.Span)], [.. of.Where(row => row.Kind == "status").Select(row => row.Span)]));
    }
}
