using Npgsql;

namespace Watchdog.Storage.Nodes;

/// <summary>The workers' rows: each writes its own, and all are read. Rows of workers gone for a day are dropped.</summary>
public sealed class NodeBook(NpgsqlDataSource database, DatabaseClock clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>Writes a worker's sign of life, stamped with the database server's time; what it holds is read from the leases, never written here.</summary>
    public async Task BeatAsync(NodeLine node, CancellationToken ct)
    {
        var now = await clock.NowAsync(ct);
        await using var command = database.CreateCommand(
            """
            with old as (delete from worker_node where seen_at < $12)
            insert into worker_node (name, host, process, started_at, program, schema, seen_at, stopped_at, skew, jobs, leased)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (name) do update set
              seen_at = excluded.seen_at, stopped_at = excluded.stopped_at, skew = excluded.skew, jobs = excluded.jobs, leased = excluded.leased
            """);
        foreach (var value in new object?[]
        {
            node.Name, node.Host, node.Process, node.StartedAt, node.Program, node.Schema, now, node.StoppedAt, node.Skew.TotalSeconds, node.Jobs, node.Leased,
            now - Remembered,
        })
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Every worker of the last day, by name, with its state and the reason.</summary>
    public async Task<IReadOnlyList<(NodeLine Node, NodeState State, string Reason)>> ReadAsync(CancellationToken ct)
    {
        var now = await clock.NowAsync(ct);
        await using var command = database.CreateCommand(
            """
            select n.name, n.host, n.process, n.started_at, n.program, n.schema, n.seen_at, n.stopped_at, n.skew, n.jobs, n.leased,
              count(l.name) filter (where l.name like 'shard:%'), count(l.name) filter (where l.name not like 'shard:%')
            from worker_node n left join lease l on l.owner = n.name group by n.name order by n.name
            """);
        List<(NodeLine, NodeState, string)> nodes = [];
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct))
        {
            var node = new NodeLine(
                r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetFieldValue<DateTimeOffset>(3), r.GetString(4), r.GetInt32(5),
                r.GetFieldValue<DateTimeOffset>(6), await r.IsDBNullAsync(7, ct) ? null : r.GetFieldValue<DateTimeOffset>(7),
                TimeSpan.FromSeconds(r.GetDouble(8)), r.GetInt32(9), r.GetInt64(10), r.GetInt64(11), r.GetInt64(12));
            var (state, reason) = NodeRules.Judge(node, now);
            nodes.Add((node, state, reason));
        }

        return nodes;
    }
}
