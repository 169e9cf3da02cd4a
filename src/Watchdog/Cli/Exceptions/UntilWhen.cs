using System.CommandLine;
using System.Globalization;

namespace Watchdog.Cli.Exceptions;

/// <summary>An end as people write it: an instant, or how long from now.</summary>
internal static class UntilWhen
{
    public static Option<string> Option() => new("--until")
    {
        Description = "When it ends: an instant (2026-01-31T12:00Z, UTC where it names no zone), or how long from now (90m, 12h, 30d).", HelpName = "WHEN", Required = true,
    };

    /// <summary>Reads it.</summary>
    /// <exception cref="UsageException">It is neither, has passed, or is further than <paramref name="most"/>.</exception>
    public static DateTimeOffset Read(string text, TimeSpan most, DateTimeOffset now, string option = "--until")
    {
        if (At(text, now) is not { } at)
        {
            throw new UsageException($"{option} does not understand '{text}': an instant (2026-01-31T12:00Z) or how long from now (90m, 12h, 30d).");
        }

        return at <= now ? throw new UsageException($"{option} {text} has passed.")
            : at > now + most ? throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option} {text} is further than {most.TotalDays:0.##} days; what is to last longer is renewed."))
            : at;
    }

    /// <summary>A span of minutes, hours or days; null when the text is none.</summary>
    public static TimeSpan? Span(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 1_000_000)
        {
            return null;
        }

        return text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
    }

    private static DateTimeOffset? At(string text, DateTimeOffset now) =>
        Span(text) is { } span ? now + span
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
