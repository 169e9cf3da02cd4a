using System.Globalization;

namespace Watchdog.Inventory;

/// <summary>Something that AWS plans to do to a VM, and has neither finished nor called off.</summary>
/// <param name="Code">EC2's code, e.g. <c>instance-retirement</c>.</param>
/// <param name="NotBefore">Earliest begin; null where AWS gave none.</param>
/// <param name="NotAfter">Latest end; null where AWS gave none.</param>
public sealed record ScheduledEvent(string Code, DateTimeOffset? NotBefore = null, DateTimeOffset? NotAfter = null)
{
    /// <summary>One word of table <c>impairment</c>: the code, then the window where there is one, e.g. <c>system-reboot@2026-11-22T10:00:00Z/2026-11-22T12:00:00Z</c>.</summary>
    public override string ToString() => NotBefore is null && NotAfter is null ? Code : $"{Code}@{Word(NotBefore)}/{Word(NotAfter)}";

    /// <summary>Reads what <see cref="ToString"/> wrote; a code alone is one without a window.</summary>
    public static ScheduledEvent Parse(string word)
    {
        var at = word.LastIndexOf('@');
        return at > 0 && word[(at + 1)..].Split('/') is [var begin, var end] ? new(word[..at], Instant(begin), Instant(end)) : new(word);
    }

    private static string Word(DateTimeOffset? at) => at is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "";

    private static DateTimeOffset? Instant(string word) =>
        DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
