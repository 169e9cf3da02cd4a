using Npgsql;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Alarms;

/// <summary>What the gauges tell: read from the tables, so that every worker tells the same.</summary>
/// <param name="Standings">What each promise came to.</param>
/// <param name="Month">The calendar month's VM-minutes by Region and cause.</param>
/// <param name="Watermarks">The first minute that is not known, by Region.</param>
/// <param name="Alarms">Burn rates and steps as they were judged last.</param>
public sealed record SloFigures(
    IReadOnlyList<Standing> Standings, IReadOnlyList<(string Region, Cause Cause, long Minutes)> Month, IReadOnlyList<(string Region, int Minute)> Watermarks,
    IReadOnlyCollection<SloAlarm> Alarms)
{
    /// <summary>Reads them.</summary>
    public static async Task<SloFigures> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var standings = await StandingTable.ReadAsync(connection, ct);
        List<(string, Cause, long)> month = [];
        await using (var command = new NpgsqlCommand("select region, cause, minutes from slo_region_month", connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                month.Add((reader.GetString(0), (Cause)reader.GetInt16(1), reader.GetInt64(2)));
            }
        }

        List<(string, int)> watermarks = [];
        await using (var command = new NpgsqlCommand("select s.region, min(w.watermark_min) from slo_scope w join scope s on s.id = w.scope group by 1", connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                watermarks.Add((reader.GetString(0), reader.GetInt32(1)));
            }
        }

        return new(standings, month, watermarks, [.. (await AlarmTable.ReadAsync(connection, null, ct)).Values]);
    }
}
