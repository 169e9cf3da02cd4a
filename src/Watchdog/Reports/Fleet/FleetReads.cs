using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Reports.Health;
using Watchdog.Reports.Pages;
using Watchdog.Telemetry.Spending;

namespace Watchdog.Reports.Fleet;

/// <summary>Reads how the fleet stands. What needs a look at every VM is counted once a minute, whoever asks.</summary>
public sealed class FleetReads(NpgsqlDataSource database, FleetStates states, SpendBook spending, Clocks clocks)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private const string ScopesSql =
        """
        select s.id, s.key, s.region, i.from_at, i.to_at, i.seen, i.vms, i.detail, t.from_at, t.to_at, t.seen, t.vms, t.detail, coalesce(b.vms, 0)
        from scope s
        left join lateral (select * from scope_coverage c where c.scope = s.id and c.kind = 'inventory' order by c.from_at desc, c.id desc limit 1) i on true
        left join lateral (select * from scope_coverage c where c.scope = s.id and c.kind = 'status' order by c.from_at desc, c.id desc limit 1) t on true
        left join (select v.scope, count(*) as vms from shard_blind b cross join lateral unnest(b.instance_ids) as one(id)
          join vm v on v.instance_id = one.id and v.gone_at is null and v.state = 'running' group by 1) b on b.scope = s.id
        order by s.key
        """;

    private readonly Remembered<int, Census> counted = new(Kept, clocks.Wall);

    /// <summary>The page.</summary>
    public async Task<FleetModel> ReadAsync(CancellationToken ct)
    {
        await states.ReadAsync(ct);
        var census = await counted.GetAsync(0, () => CountAsync(CancellationToken.None), ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        var brake = await Brake.ReadAsync(connection, null, ct);
        var scopes = await AllAsync(ScopesSql, r => new ScopeLine(r.GetInt16(0), r.GetString(1), r.GetString(2), Look(r, 3), Look(r, 8), r.GetInt64(13)));
        var stages = await AllAsync("select stage, class, count(*) from suspect group by 1, 2 order by 1, 3 desc", r => (r.GetString(0), r.GetString(1), r.GetInt64(2)));
        var suspects = await AllAsync(
            """
            select s.instance_id, coalesce(v.owner, ''), s.class, s.stage, s.onset, s.due_at, s.looks from suspect s left join vm v on v.instance_id = s.instance_id
            where s.stage in ('hot', 'triage', 'inspection') order by array_position(array['inspection', 'triage', 'hot'], s.stage), s.due_at, s.instance_id limit $1
            """, r => new SuspectLine(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetFieldValue<DateTimeOffset>(4), r.GetFieldValue<DateTimeOffset>(5), r.GetInt32(6)),
            FleetModel.MostLines);
        var blind = await AllAsync(
            """
            select v.instance_id, v.owner, v.instance_type, s.key from shard_blind b cross join lateral unnest(b.instance_ids) as one(id)
            join vm v on v.instance_id = one.id and v.gone_at is null and v.state = 'running' join scope s on s.id = v.scope order by v.instance_id limit $1
            """, r => new BlindLine(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)), FleetModel.MostLines);
        var now = clocks.Fleet.GetUtcNow().UtcDateTime;
        var calls = await AllAsync(
            "select operation, usd from aws_spend where month = $1 and usd > 0 order by usd desc, operation", r => (r.GetString(0), r.GetDecimal(1)), new DateOnly(now.Year, now.Month, 1));
        return new(brake, states.Now, census, scopes, stages, suspects, blind, calls, spending.Now);

        async Task<List<T>> AllAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
        {
            await using var command = Statement.On(connection, null, sql, values);
            return await Rows.AllAsync(command, read, ct);
        }
    }

    private async Task<Census> CountAsync(CancellationToken ct)
    {
        var at = clocks.Fleet.GetUtcNow();
        await using var command = database.CreateCommand(
            """
            select scope, state, instance_type, count(*), count(*) filter (where missing_since is not null), count(*) filter (where agent = 'silent')
            from vm where gone_at is null group by 1, 2, 3
            """);
        return new(at, await Rows.AllAsync(command, r => new VmsAlike(r.GetInt16(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5)), ct));
    }

    private static ScopeLook? Look(NpgsqlDataReader r, int first) => r.IsDBNull(first) ? null : new(
        r.GetFieldValue<DateTimeOffset>(first), r.GetFieldValue<DateTimeOffset>(first + 1), r.GetBoolean(first + 2), r.IsDBNull(first + 3) ? null : r.GetInt32(first + 3),
        r.IsDBNull(first + 4) ? null : r.GetString(first + 4));
}
