using Npgsql;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Sending;

/// <summary>Reads what <see cref="LifeRules"/> asks for.</summary>
internal static class LifeReads
{
    private const string Sql =
        """
        select
          (select max(done_at) from lease where starts_with(name, 'inventory:')),
          (select case when count(done_at) >= $1 then min(done_at) end from lease where starts_with(name, 'shard:')),
          coalesce(s.seen, 0), coalesce(s.judged, 0),
          (select min(created_at) from outbox where channel = any($2) and state = 'waiting' and kind <> 'beat'),
          (select min(name) from outbox_channel where name = any($2) and closed_at is not null),
          (select read_at from outbox_channel where name = 'alerts'), neglected.name, neglected.asked_at
        from (
          select sum(r.seen) as seen, sum(r.judged) as judged from generate_series(0, $1 - 1) as n(shard)
          cross join lateral (select seen, judged from shard_run where shard_run.shard = n.shard order by at desc limit 1) r) s
        left join (select n.name, c.asked_at from unnest($2) as n(name) left join outbox_channel c on c.name = n.name order by c.asked_at nulls first limit 1) neglected on true
        """;

    /// <param name="channels">Of the receivers that are told of incidents.</param>
    public static async Task<LifeFacts> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string[] channels, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, Sql, Shard.Count, channels);
        return (await Rows.AllAsync(command, r => new LifeFacts(
            At(r, 0), Shard.Count, At(r, 1), r.GetInt64(2), r.GetInt64(3), At(r, 4), r.IsDBNull(5) ? null : r.GetString(5), At(r, 6), r.IsDBNull(7) ? null : r.GetString(7), At(r, 8)), ct)).Single();
    }

    private static DateTimeOffset? At(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetFieldValue<DateTimeOffset>(column);
}
