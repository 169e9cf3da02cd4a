using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Policy.Trust;

/// <summary>Counts rulings and keeps which detectors are demoted.</summary>
public static class PrecisionTable
{
    /// <summary>The latest ruling on each case, counted by the case's class; only those given since an instant.</summary>
    public static async Task<IReadOnlyList<RulingCounts>> CountAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, DateTimeOffset since, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select c.class, count(*) filter (where r.ruling = 'true_positive')::int, count(*) filter (where r.ruling = 'benign_positive')::int,
              count(*) filter (where r.ruling = 'false_positive')::int, count(*) filter (where r.ruling = 'duplicate')::int,
              count(*) filter (where r.ruling = 'indeterminate')::int
            from (select distinct case_id from ruling where at >= $1) recent join case_file c on c.id = recent.case_id
            cross join lateral (select ruling from ruling where case_id = c.id order by id desc limit 1) r
            group by c.class order by c.class
            """, connection, transaction)
        {
            Parameters = { new() { Value = since } },
        };
        List<RulingCounts> counts = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            counts.Add(new(reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5)));
        }

        return counts;
    }

    /// <summary>The detectors that were ever demoted, by class: whether they are now, why, and since when.</summary>
    public static async Task<IReadOnlyDictionary<string, (bool Demoted, string Reason, DateTimeOffset At)>> StandingAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select class, demoted, reason, at from detector_standing", connection, transaction);
        Dictionary<string, (bool, string, DateTimeOffset)> standing = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            standing[reader.GetString(0)] = (reader.GetBoolean(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3));
        }

        return standing;
    }

    /// <summary>Demotes or restores a detector, with its event and audit line.</summary>
    public static async Task SetAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string @class, bool demoted, string reason, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into detector_standing (class, demoted, reason, at) values ($1, $2, $3, $4)
            on conflict (class) do update set demoted = excluded.demoted, reason = excluded.reason, at = excluded.at
            """, connection, transaction)
        {
            Parameters = { new() { Value = @class }, new() { Value = demoted }, new() { Value = reason }, new() { Value = at } },
        };
        await command.ExecuteNonQueryAsync(ct);
        var (what, subject, data) = (demoted ? "detector.demoted" : "detector.restored", $"detector:{@class}", new { @class, reason });
        await EventLog.AppendAsync(connection, transaction, at, what, subject, LedgerJson.Write(data), ct);
        await Audit.AppendAsync(connection, transaction, at, Audit.Machine, what, subject, data, ct);
    }
}
