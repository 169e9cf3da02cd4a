using System.Globalization;

namespace Watchdog.Cli.Cases;

/// <summary>An instant as people write it: itself, or how long ago.</summary>
internal static class SinceWhen
{
    /// <summary>Reads it; null stays null.</summary>
    /// <param name="option">Which option it is, for the message.</param>
    /// <exception cref="UsageException">It is neither, or lies further back than time is counted.</exception>
    public static DateTimeOffset? Read(string? text, DateTimeOffset now, string option = "--since")
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && MinutesOf(text[^1]) is { } minutes && (double)count * minutes < (now - DateTimeOffset.UnixEpoch).TotalMinutes)
        {
            return now - TimeSpan.FromMinutes((long)count * minutes);
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at : throw new UsageException($"{option} does not understand '{text}': an instant (2026-01-31T12:00Z) or how long ago (30m, 24h, 7d).");
    }

    private static int? MinutesOf(char unit) => unit switch
    {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        _ => null,
    };
}
