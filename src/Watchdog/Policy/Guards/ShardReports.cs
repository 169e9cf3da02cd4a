using Npgsql;
using Watchdog.Inventory;

namespace Watchdog.Policy.Guards;

/// <summary>What the shards reported last, summed.</summary>
/// <param name="Fresh">Whether all 64 reported lately.</param>
/// <param name="Seen">Running VMs.</param>
/// <param name="Judged">Of them, those that could be judged.</param>
/// <param name="Screened">VMs whose CPU was read.</param>
/// <param name="Modal">The CPU value that most of them showed (percent; NaN when none was screened), and how many did.</param>
public sealed record ShardReports(bool Fresh, long Seen, long Judged, long Screened, (double Cpu, long Vms) Modal)
{
    /// <summary>Share of the running VMs that could be judged, 0 to 1; 1 where none runs.</summary>
    public double JudgedShare => Seen == 0 ? 1 : (double)Judged / Seen;

    /// <summary>Reads each shard's last report within three cadences.</summary>
    public static async Task<ShardReports> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, TimeSpan cadence, DateTimeOffset now, CancellationToken ct)
    {
        // A report from the future belongs to a clock that jumped: it says nothing about the present.
        await using var command = new NpgsqlCommand(
            """
            select distinct on (shard) seen, judged, screened, modal_cpu, modal_vms from shard_run where at > $1 and at <= $2 order by shard, at desc
            """, connection, transaction)
        {
            Parameters = { new() { Value = now - 3 * cadence }, new() { Value = now } },
        };
        var (reports, seen, judged, screened) = (0, 0L, 0L, 0L);
        Dictionary<float, long> levels = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            (reports, seen, judged, screened) = (reports + 1, seen + reader.GetInt32(0), judged + reader.GetInt32(1), screened + reader.GetInt32(2));
            if (!await reader.IsDBNullAsync(3, ct))
            {
                var level = reader.GetFloat(3);
                levels[level] = levels.GetValueOrDefault(level) + reader.GetInt32(4);
            }
        }

        var modal = levels.Count == 0 ? (double.NaN, 0L) : levels.MaxBy(level => level.Value) is var top ? (top.Key, top.Value) : default;
        return new(reports == Shard.Count, seen, judged, screened, modal);
    }
}
