using System.Globalization;

namespace Watchdog.Reports.Trail;

/// <summary>Which lines of the audit trail are shown; the whole of it stands in the page's address. Null does not narrow.</summary>
/// <param name="Since">From this instant on.</param>
/// <param name="Until">And before this one.</param>
/// <param name="Before">Where the page before ended: the key of its last line.</param>
/// <param name="Wrong">What of the address makes no sense; null: all of it does.</param>
public sealed record TrailFilter(
    string? Actor = null, string? What = null, string? Subject = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null,
    long? Before = null, string? Wrong = null)
{
    private const int LongestText = 200;

    /// <summary>Reads an address's query.</summary>
    public static TrailFilter Of(IQueryCollection query)
    {
        var wrong = new List<string>();
        return new TrailFilter(Word("actor"), Word("what"), Word("subject"), At("since"), At("until"), Mark())
            with { Wrong = wrong.Count > 0 ? string.Join(" ", wrong) : null };

        string? Word(string name)
        {
            var text = query[name].ToString().Trim();
            if (text.Length > LongestText)
            {
                wrong.Add($"'{name}' is longer than {LongestText} characters: no line says that.");
            }

            return text.Length is > 0 and <= LongestText ? text : null;
        }

        long? Mark()
        {
            var text = query["before"].ToString();
            if (text.Length > 0 && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                wrong.Add("'before' is no line's number: begin with the newest.");
            }

            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }

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
            ("before", Before?.ToString(CultureInfo.InvariantCulture)),
        ];
        var query = string.Join('&', parts.Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}"));
        return query.Length == 0 ? "/audit" : $"/audit?{query}";
    }

    /// <summary>An instant as the form's fields take it.</summary>
    public static string? Written(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
