using Npgsql;

namespace Watchdog.Storage;

/// <summary>
/// The database server's time, for what workers with differing clocks must agree on. Read now and then and counted on by this machine's own
/// monotonic seconds; never ahead of the server, since the count begins when the answer is in hand.
/// </summary>
/// <param name="read">Asks the server.</param>
/// <param name="wall">Whose seconds are counted, and whose wall is compared.</param>
public sealed class DatabaseClock(Func<CancellationToken, Task<DateTimeOffset>> read, TimeProvider wall)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private volatile Reading? _last;

    /// <summary>The clock of a database.</summary>
    public static DatabaseClock Of(NpgsqlDataSource database, TimeProvider wall) => new(async ct =>
    {
        await using var command = database.CreateCommand("select clock_timestamp()");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetFieldValue<DateTimeOffset>(0);
    }, wall);

    /// <summary>The server's time, late by an answer's way at most.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken ct)
    {
        var last = _last;
        if (last is null || wall.GetElapsedTime(last.Stamp) > Fresh)
        {
            var at = await read(ct);
            _last = last = new(at, wall.GetTimestamp());
        }

        return last.At + wall.GetElapsedTime(last.Stamp);
    }

    /// <summary>How far this machine's wall lies ahead of the server's, read anew; negative where it lags. Exact to the way of an answer.</summary>
    public async Task<TimeSpan> SkewAsync(CancellationToken ct)
    {
        var before = wall.GetUtcNow();
        var asked = wall.GetTimestamp();
        var at = await read(ct);
        // The server read its clock somewhere within: half way is the best guess.
        return before + (wall.GetElapsedTime(asked) / 2) - at;
    }

    private sealed record Reading(DateTimeOffset At, long Stamp);
}
