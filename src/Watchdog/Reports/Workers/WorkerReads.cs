using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Reports.Health;

namespace Watchdog.Reports.Workers;

/// <summary>A shard's last sweep.</summary>
/// <param name="Owner">Who holds its lease; null: nobody ever did.</param>
/// <param name="At">When it was swept last, fleet time; null: never. Likewise the others.</param>
public sealed record ShardLine(short Shard, string? Owner, long? Epoch, DateTimeOffset? At, string? Node, int Seen, int Judged, int Unknown, double Seconds);

/// <summary>The workers, what each holds, and how their loops fare.</summary>
public sealed record WorkersModel(HealthReport Health, IReadOnlyList<ShardLine> Shards);

/// <summary>Reads them.</summary>
public sealed class WorkerReads(NpgsqlDataSource database, HealthReads health, Clocks clocks)
{
    /// <summary>The page.</summary>
    public async Task<WorkersModel> ReadAsync(CancellationToken ct)
    {
        var report = await health.ReadAsync(ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            select s.shard::smallint, l.owner, l.epoch, r.at, r.node, coalesce(r.seen, 0), coalesce(r.judged, 0), coalesce(r.unknown, 0), coalesce(r.seconds, 0)
            from generate_series(0, $1 - 1) as s(shard)
            left join lease l on l.name = 'shard:' || s.shard
            left join lateral (select * from shard_run where shard_run.shard = s.shard and at <= $2 order by at desc limit 1) r on true
            order by s.shard
            """, Shard.Count, clocks.Fleet.GetUtcNow());
        return new(report, await Rows.AllAsync(command, r => new ShardLine(
            r.GetInt16(0), r.IsDBNull(1) ? null : r.GetString(1), r.IsDBNull(2) ? null : r.GetInt64(2), r.IsDBNull(3) ? null : r.GetFieldValue<DateTimeOffset>(3),
            r.IsDBNull(4) ? null : r.GetString(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7), r.GetDouble(8)), ct));
    }
}
