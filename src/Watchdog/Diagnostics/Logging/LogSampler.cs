namespace Watchdog.Diagnostics.Logging;

/// <summary>
/// Which of many equal events are written. In each minute the first of a kind are, and the first of the next minute says how many were not: a fault that
/// hits every VM of a fleet must not write a line for each.
/// </summary>
/// <param name="wall">Wall time.</param>
internal sealed class LogSampler(TimeProvider wall)
{
    /// <summary>Lines of one kind in a minute: of warnings and errors.</summary>
    internal const int Warnings = 20;

    /// <summary>Lines of one kind in a minute: of everything else, and of what is critical.</summary>
    internal const int Others = 200;

    // Kinds are event ids and categories: as many as the program's sources have.
    private readonly Dictionary<string, Kind> kinds = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Whether an event is written, and how many of its kind were not since the last that was.</summary>
    public (bool Write, int Unwritten) Admit(string kind, LogLevel level)
    {
        var minute = wall.GetUtcNow().ToUnixTimeSeconds() / 60;
        lock (gate)
        {
            var seen = kinds.GetValueOrDefault(kind);
            if (seen.Minute != minute)
            {
                seen = seen with { Minute = minute, Lines = 0 };
            }

            var write = seen.Lines < (level is LogLevel.Warning or LogLevel.Error ? Warnings : Others);
            var unwritten = write ? seen.Unwritten : 0;
            kinds[kind] = write ? seen with { Lines = seen.Lines + 1, Unwritten = 0 } : seen with { Unwritten = seen.Unwritten + 1 };
            return (write, unwritten);
        }
    }

    private readonly record struct Kind(long Minute, int Lines, int Unwritten);
}
