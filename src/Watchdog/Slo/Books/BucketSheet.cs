using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>Minutes to be added to five-minute buckets, or taken off them.</summary>
internal sealed class BucketSheet
{
    /// <summary>Minutes of a bucket.</summary>
    public const int Span = 5;

    private readonly Dictionary<(string Dimension, string Name, int At, short Cause), (int Minutes, int Reached, int Silent)> _cells = [];

    /// <summary>Adds the minutes [from, to) of so many VMs of a region, type and plan.</summary>
    /// <param name="vms">Negative: they are taken off.</param>
    public void Add(string region, string type, string plan, int from, int to, Cause cause, AgentSeen agent, int vms)
    {
        for (var at = from / Span * Span; at < to; at += Span)
        {
            var minutes = (Math.Min(to, at + Span) - Math.Max(from, at)) * vms;
            Add(("fleet", "fleet", at, (short)cause), minutes, agent);
            Add(("region", region, at, (short)cause), minutes, agent);
            Add(("type", type, at, (short)cause), minutes, agent);
            Add(("plan", plan, at, (short)cause), minutes, agent);
        }
    }

    /// <summary>Writes what does not come to nothing.</summary>
    /// <returns>Buckets written.</returns>
    public async Task<int> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        var cells = _cells.Where(cell => cell.Value != default).ToArray();
        if (cells.Length == 0)
        {
            return 0;
        }

        object[] keys = [cells.Select(c => c.Key.Dimension).ToArray(), cells.Select(c => c.Key.Name).ToArray()];
        await using var names = Statement.On(connection, transaction,
            """
            insert into slo_key (dimension, name) select distinct n.dimension, n.name from unnest($1, $2) as n(dimension, name)
            where not exists (select 1 from slo_key k where (k.dimension, k.name) = (n.dimension, n.name))
            """, keys);
        await names.ExecuteNonQueryAsync(ct);
        await using var add = Statement.On(connection, transaction,
            """
            insert into slo_bucket as b (key, at_min, cause, minutes, reached, silent)
            select k.id, n.at_min, n.cause, n.minutes, n.reached, n.silent
            from unnest($1, $2, $3, $4, $5, $6, $7) as n(dimension, name, at_min, cause, minutes, reached, silent)
            join slo_key k on (k.dimension, k.name) = (n.dimension, n.name)
            on conflict (key, at_min, cause) do update set minutes = b.minutes + excluded.minutes, reached = b.reached + excluded.reached,
              silent = b.silent + excluded.silent
            """,
            [.. keys, cells.Select(c => c.Key.At).ToArray(), cells.Select(c => c.Key.Cause).ToArray(), cells.Select(c => c.Value.Minutes).ToArray(),
                cells.Select(c => c.Value.Reached).ToArray(), cells.Select(c => c.Value.Silent).ToArray()]);
        await add.ExecuteNonQueryAsync(ct);
        var taken = cells.Where(c => c.Value.Minutes < 0).ToArray();
        if (taken.Length > 0)
        {
            await using var empty = Statement.On(connection, transaction,
                """
                delete from slo_bucket b using unnest($1, $2, $3, $4) as n(dimension, name, at_min, cause), slo_key k
                where (k.dimension, k.name) = (n.dimension, n.name) and (b.key, b.at_min, b.cause) = (k.id, n.at_min, n.cause) and b.minutes = 0
                """, taken.Select(c => c.Key.Dimension).ToArray(), taken.Select(c => c.Key.Name).ToArray(), taken.Select(c => c.Key.At).ToArray(),
                taken.Select(c => c.Key.Cause).ToArray());
            await empty.ExecuteNonQueryAsync(ct);
        }

        return cells.Length;
    }

    private void Add((string, string, int, short) key, int minutes, AgentSeen agent)
    {
        var cell = _cells.GetValueOrDefault(key);
        _cells[key] = (cell.Minutes + minutes, cell.Reached + (agent == AgentSeen.Reached ? minutes : 0), cell.Silent + (agent == AgentSeen.Silent ? minutes : 0));
    }
}
