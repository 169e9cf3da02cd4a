using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Slo.Alarms;

/// <summary>Table <c>slo_alarm</c>.</summary>
internal static class AlarmTable
{
    public static async Task<IReadOnlyDictionary<AlarmKey, SloAlarm>> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "select slo, grp, rung, firing, frozen, since_min, baseline, reason, at_min from slo_alarm");
        Dictionary<AlarmKey, SloAlarm> alarms = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var key = new AlarmKey(reader.GetString(0), reader.GetString(1), reader.GetString(2));
            alarms.Add(key, new(
                key, reader.GetBoolean(3), reader.GetBoolean(4), reader.GetInt32(5), reader.GetDouble(6), reader.GetString(7), reader.GetInt32(8)));
        }

        return alarms;
    }

    public static async Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<SloAlarm> alarms, CancellationToken ct)
    {
        await using var command = Statement.On(
            connection, transaction,
            """
            insert into slo_alarm (slo, grp, rung, firing, frozen, since_min, baseline, reason, at_min)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (slo, grp, rung) do update set firing = excluded.firing, frozen = excluded.frozen, since_min = excluded.since_min,
              baseline = excluded.baseline, reason = excluded.reason, at_min = excluded.at_min
            """,
            Each(alarm => alarm.Key.Slo), Each(alarm => alarm.Key.Group), Each(alarm => alarm.Key.Rung), Each(alarm => alarm.Firing),
            Each(alarm => alarm.Frozen), Each(alarm => alarm.Since), Each(alarm => alarm.Baseline), Each(alarm => alarm.Reason), Each(alarm => alarm.At));
        await command.ExecuteNonQueryAsync(ct);

        T[] Each<T>(Func<SloAlarm, T> of) => [.. alarms.Select(of)];
    }

    public static async Task DeleteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<AlarmKey> keys, CancellationToken ct)
    {
        await using var command = Statement.On(
            connection, transaction, "delete from slo_alarm a using unnest($1, $2, $3) as k(slo, grp, rung) where a.slo = k.slo and a.grp = k.grp and a.rung = k.rung",
            keys.Select(key => key.Slo).ToArray(), keys.Select(key => key.Group).ToArray(), keys.Select(key => key.Rung).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }
}
