using System.Globalization;

namespace Watchdog.Reports.Trail;

/// <summary>Which lines of the audit trail are shown; the whole of it stands in the page's address. Null does not narrow.</summary>
/// <param name="Since">From this instant on.</param>
/// <param name="Until">And before this one.</param>
/// <param name="Before">Where the page before ended: instant and key of its last line.</param>
/// <param name="Wrong">What of the address makes no sense; null: all of it does.</param>
public sealed record TrailFilter(
    string? Actor = null, string? What = null, string? Subject = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null,
    (DateTimeOffset At, long Id)? Before = null, string? Wrong = null)
{
    private const int LongestText = 200;

    /// <summary>Reads an address's query.</summary>
    public static TrailFilter Of(IQueryCollection query)
    {
        var wrong = new List<string>();
        return new TrailFilter(Word("actor"), Word("what"), Word("subject"), At("since"), At("until"), Mark(query["before"]))
            with { Wrong = wrong.Count > 0 ? string.Join(" ", wrong) : null };

        string? Word(string name) => query[name].ToString().Trim() is { Length: > 0 and <= LongestText } text ? text : null;

        DateTimeOffset? At(string name)
        {
            var text = query[name].ToString().Trim();
            if (text.Length == 0)
            {
                return null;
            }

            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            {
                return at;
            }

            wrong.Add($"'{name}' is no instant: write it as 2026-01-31T12:00, which is UTC.");
            return null;
        }
    }

    /// <summary>The page's address.</summary>
    public string Href()
    {
        (string, string?)[] parts =
        [
            ("actor", Actor), ("what", What), ("subject", Subject), ("since", Written(Since)), ("until", Written(Until)),
            ("before", Before is { } mark ? string.Create(CultureInfo.InvariantCulture, $"{(mark.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}-{mark.Id}") : null),
        ];
        var query = string.Join('&', parts.Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}"));
        return query.Length == 0 ? "/audit" : $"/audit?{query}";
    }

    /// <summary>An instant as the form's fields take it.</summary>
    public static string? Written(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static (DateTimeOffset, long)? Mark(string? text) =>
        text?.Split('-') is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key) && microseconds < 253_402_300_799_000_000
            ? (DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), key) : null;
}
