using Npgsql;
using Watchdog.Slo.Alarms;
using Watchdog.Slo.Burning;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Telling;

/// <summary>From when to when the books are written.</summary>
/// <param name="Begin">The first minute of the oldest scope's.</param>
/// <param name="End">Where five-minute spans end of every scope that keeps up.</param>
public sealed record BookState(int Begin, BookEnd End)
{
    /// <summary>Reads it; null while nothing is written.</summary>
    public static async Task<BookState?> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select min(from_min) from slo_scope");
        return await command.ExecuteScalarAsync(ct) is int begin && BookEnd.Of(await ScopeMarks.ReadAsync(database, ct)) is { } end ? new(begin, end) : null;
    }

    /// <summary>The trailing 28 days.</summary>
    public UptimeSpan Rolling => new(End.Minute - BurnRung.Longest, End.Minute, false);

    /// <summary>A calendar month, up to where the books end; empty where they end before it.</summary>
    /// <param name="month">Its first minute.</param>
    public UptimeSpan Month(int month) => new(month, Math.Max(month, Math.Min(Minute.NextMonth(month), End.Minute)), true);

    /// <summary>Whether any minute of the span can be in the books.</summary>
    public bool Holds(UptimeSpan span) => span.From < span.To && span.To > Begin;
}
