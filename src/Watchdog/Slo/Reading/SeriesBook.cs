using Npgsql;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Reading;

/// <summary>One step of a curve.</summary>
/// <param name="At">Its first minute.</param>
/// <param name="Minutes">What it holds.</param>
public sealed record SeriesPoint(int At, CauseMinutes Minutes);

/// <summary>A key's minutes in equal steps: curves, and the worst hour or day.</summary>
/// <param name="database">The one database.</param>
public sealed class SeriesBook(NpgsqlDataSource database)
{
    private const string Sql =
        """
        select $3 + (b.at_min - $3) / $5 * $5 as step, b.cause, sum(b.minutes), sum(b.reached), sum(b.silent)
        from slo_key k join slo_bucket b on b.key = k.id
        where k.dimension = $1 and k.name = $2 and b.at_min >= $3 and b.at_min < $4
        group by 1, 2 order by 1
        """;

    /// <summary>The steps of [from, to) that hold a minute, in order.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="from">First minute, a multiple of five: the first step begins there.</param>
    /// <param name="to">First minute after, a multiple of five.</param>
    /// <param name="step">Length of a step in minutes, a multiple of five: 60 for hours, 1440 for days.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<SeriesPoint>> ReadAsync(BookKey key, int from, int to, int step, CancellationToken ct)
    {
        if (step <= 0 || step % 5 != 0 || from % 5 != 0 || to % 5 != 0)
        {
            throw new ArgumentException($"Buckets are of five minutes: steps of {step} min from {from} to {to} would cut one.");
        }

        await using var command = database.CreateCommand(Sql);
        foreach (var value in (object[])[key.Dimension, key.Name, from, to, step])
        {
            command.Parameters.Add(new() { Value = value });
        }

        List<(int At, CauseSum Sum)> points = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (points.Count == 0 || points[^1].At != reader.GetInt32(0))
            {
                points.Add((reader.GetInt32(0), new()));
            }

            points[^1].Sum.Add((Cause)reader.GetInt16(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
        }

        return [.. points.Select(point => new SeriesPoint(point.At, point.Sum.Total()))];
    }

    /// <summary>The step with the lowest SLI, the earliest of equals; null where no step has a minute good or bad. Pure.</summary>
    public static SeriesPoint? Worst(IEnumerable<SeriesPoint> steps) =>
        steps.Where(step => step.Minutes.Tally.Sli is not null).MinBy(step => step.Minutes.Tally.Sli);
}
