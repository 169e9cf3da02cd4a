using Npgsql;

namespace Watchdog.Bench.Slo;

/// <summary>What the books take on the disk.</summary>
/// <param name="Relations">Tables and indexes, the largest first: what, rows of a table, bytes.</param>
internal sealed record BookSizes(IReadOnlyList<(string Name, string Kind, long Rows, long Bytes)> Relations)
{
    /// <summary>Goal, bytes.</summary>
    public const long Goal = 2_000_000_000;

    public long Total => Relations.Sum(relation => relation.Bytes);

    public bool Met => Total < Goal;

    public static async Task<BookSizes> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select c.relname::text, case c.relkind when 'i' then 'index' else 'table' end, greatest(c.reltuples, 0)::bigint,
              pg_relation_size(c.oid) + case c.relkind when 'i' then 0
                else pg_relation_size(c.oid, 'fsm') + pg_relation_size(c.oid, 'vm') + coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0) end as bytes
            from pg_class c left join pg_index i on i.indexrelid = c.oid left join pg_class t on t.oid = i.indrelid
            where c.relkind in ('r', 'i') and coalesce(t.relname, c.relname) like 'slo\_%' order by bytes desc, 1
            """);
        List<(string, string, long, long)> relations = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            relations.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return new(relations);
    }
}
