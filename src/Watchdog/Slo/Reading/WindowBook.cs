using Npgsql;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Reading;

/// <summary>Whose minutes a bucket holds.</summary>
/// <param name="Dimension"><c>fleet</c>, <c>region</c>, <c>type</c> or <c>plan</c>.</param>
/// <param name="Name">Which one.</param>
public readonly record struct BookKey(string Dimension, string Name);

/// <summary>One key's minutes in several windows that end together.</summary>
/// <param name="Key">Whose.</param>
/// <param name="Windows">The minutes of each window, in the order in which the windows were asked for.</param>
public sealed record WindowTally(BookKey Key, IReadOnlyList<CauseMinutes> Windows);

/// <summary>Windows that end at one minute, of every key at once: what burn rates are computed from.</summary>
/// <param name="database">The one database.</param>
public sealed class WindowBook(NpgsqlDataSource database)
{
    // Windows lie in one another: each bucket is read once and put into the smallest window that holds it.
    private static readonly string Sql =
        $"""
        select k.dimension, k.name, s.*
        from (
          select key, width_bucket($1 - at_min - 1, $2) as ring, sum(reached), sum(silent), {string.Join(", ", CauseColumns.All.Select(column => $"sum({column})"))}
          from slo_five_minutes where at_min >= $3 and at_min < $1 group by 1, 2) s
        join slo_key k on k.id = s.key
        order by s.key, s.ring
        """;

    /// <summary>The minutes of every key that has any in the longest window, by one query.</summary>
    /// <param name="end">The minute at which the windows end, a multiple of five: buckets are whole.</param>
    /// <param name="windows">Lengths in minutes, multiples of five, in any order.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<WindowTally>> ReadAsync(int end, IReadOnlyList<int> windows, CancellationToken ct)
    {
        if (end % 5 != 0 || windows.Any(window => window <= 0 || window % 5 != 0))
        {
            throw new ArgumentException($"Buckets are of five minutes: windows of {string.Join(", ", windows)} min that end at {end} would cut one.");
        }

        if (windows.Count == 0)
        {
            return [];
        }

        var rings = windows.Distinct().Order().ToArray();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RoomToSum.GiveAsync(connection, transaction, ct);
        await using var command = new NpgsqlCommand(Sql, connection, transaction)
        {
            Parameters = { new() { Value = end }, new() { Value = rings }, new() { Value = end - rings[^1] } },
        };
        List<(BookKey Key, CauseSum[] Sums)> read = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            BookKey key = new(reader.GetString(0), reader.GetString(1));
            if (read.Count == 0 || read[^1].Key != key)
            {
                read.Add((key, [.. rings.Select(_ => new CauseSum())]));
            }

            for (var ring = reader.GetInt32(3); ring < rings.Length; ring++)
            {
                AddTo(read[^1].Sums[ring], reader);
            }
        }

        return [.. read.Select(key => new WindowTally(key.Key, [.. windows.Select(window => key.Sums[Array.IndexOf(rings, window)].Total())]))];
    }

    private static void AddTo(CauseSum sum, NpgsqlDataReader reader)
    {
        sum.Add(Cause.Ok, 0, reader.GetInt64(4), reader.GetInt64(5));
        for (var place = 0; place < Causes.All.Count; place++)
        {
            if (reader.GetInt64(6 + place) is var minutes and not 0)
            {
                sum.Add(Causes.All[place], minutes, 0, 0);
            }
        }
    }
}
