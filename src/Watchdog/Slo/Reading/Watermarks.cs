using Npgsql;

namespace Watchdog.Slo.Reading;

/// <summary>How far the books are written.</summary>
/// <param name="Least">Of the scope that is furthest behind: before it all are complete.</param>
/// <param name="Most">Of the scope that is furthest ahead.</param>
/// <param name="Buckets">Before it the buckets of all scopes are complete: where windows end. A multiple of five.</param>
public readonly record struct Watermarks(int Least, int Most, int Buckets)
{
    /// <summary>Reads them; null while nothing is written.</summary>
    public static async Task<Watermarks?> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select min(watermark_min), max(watermark_min), min(bucket_min) from slo_scope having count(*) > 0");
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Watermarks(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2)) : null;
    }
}
