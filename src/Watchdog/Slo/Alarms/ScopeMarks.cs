using Npgsql;

namespace Watchdog.Slo.Alarms;

/// <summary>How far each scope's buckets are written.</summary>
internal static class ScopeMarks
{
    public static async Task<IReadOnlyList<(string Region, int BucketMin)>> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select s.region, w.bucket_min from slo_scope w join scope s on s.id = w.scope");
        List<(string, int)> marks = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            marks.Add((reader.GetString(0), reader.GetInt32(1)));
        }

        return marks;
    }
}
