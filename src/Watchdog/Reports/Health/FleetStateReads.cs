using Npgsql;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Telemetry;

namespace Watchdog.Reports.Health;

/// <summary>Counts the database's state: five queries, of which one reads an index over every VM.</summary>
internal static class FleetStateReads
{
    /// <summary>Every VM, by what is told of it.</summary>
    internal const string VmsSql =
        """
        select s.region, v.state, v.shard, v.quick, v.vms from (
          select scope, state, shard, launch_time > $1 or state_since > $2 as quick, count(*) as vms
          from vm where gone_at is null group by 1, 2, 3, 4) v
        join scope s on s.id = v.scope
        """;

    private const string BlindSql =
        """
        select s.region, v.shard, v.launch_time > $1 or v.state_since > $2, count(*)
        from shard_blind b cross join lateral unnest(b.instance_ids) as i(id)
        join vm v on v.instance_id = i.id and v.gone_at is null and v.state = 'running' join scope s on s.id = v.scope group by 1, 2, 3
        """;

    private const string RunsSql =
        """
        select s.shard::smallint, r.at from generate_series(0, $1 - 1) as s(shard)
        cross join lateral (select at from shard_run where shard_run.shard = s.shard and at <= $2 order by at desc limit 1) r
        """;

    private const string OutboxSql =
        """
        select c.name, coalesce(w.pending, 0), w.oldest, (select count(*) from outbox d where d.channel = c.name and d.state = 'dead') from outbox_channel c
        left join (select channel, count(*) as pending, min(created_at) as oldest from outbox where state = 'waiting' group by 1) w on w.channel = c.name
        """;

    /// <summary>Counts.</summary>
    /// <param name="wall">Wall time: when it was counted.</param>
    /// <param name="now">Fleet time: ages of VMs and sweeps.</param>
    public static async Task<FleetState> CountAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset wall, DateTimeOffset now, CancellationToken ct)
    {
        var (young, lately) = (now - ScreenCadence.Young, now - ScreenCadence.Lately);
        var vms = await AllAsync(VmsSql, r => (Region: r.GetString(0), State: r.GetString(1), Shard: r.GetInt16(2), Quick: r.GetBoolean(3), Vms: r.GetInt64(4)), young, lately);
        var blind = (await AllAsync(BlindSql, r => (Key: (r.GetString(0), r.GetInt16(1), r.GetBoolean(2)), Vms: r.GetInt64(3)), young, lately))
            .ToDictionary(row => row.Key, row => row.Vms);
        var runs = (await AllAsync(RunsSql, r => (Shard: r.GetInt16(0), At: r.GetFieldValue<DateTimeOffset>(1)), Shard.Count, now))
            .ToDictionary(row => row.Shard, row => now - row.At);
        var cases = await AllAsync(
            "select state, count(*) from case_file where closed_at is null group by 1", r => new CaseCount(r.GetString(0), r.GetInt64(1)));
        var outbox = await AllAsync(OutboxSql, r => new OutboxCount(r.GetString(0), r.GetInt64(1), r.IsDBNull(2) ? null : r.GetFieldValue<DateTimeOffset>(2), r.GetInt64(3)));
        var running = vms.Where(row => row.State == "running")
            .Select(row => new CoverageCell(row.Region, row.Shard, row.Quick, row.Vms, blind.GetValueOrDefault((row.Region, row.Shard, row.Quick))));
        return new FleetState(
            wall,
            [.. vms.GroupBy(row => (row.Region, row.State)).Select(alike => new VmCount(alike.Key.Region, alike.Key.State, alike.Sum(row => row.Vms)))],
            CoverageRules.Count(running, runs), runs.Count == Shard.Count ? runs.Values.Max().TotalSeconds : null, cases, outbox,
            (await Brake.ReadAsync(connection, transaction, ct)).IsOn);

        async Task<List<T>> AllAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
        {
            await using var command = Statement.On(connection, transaction, sql, values);
            List<T> rows = [];
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }
}
