using System.Globalization;

namespace Watchdog.Reports.Pages;

/// <summary>Instants, spans and amounts as the pages say them.</summary>
public static class Say
{
    /// <summary><c>2026-03-02 10:00Z</c>.</summary>
    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>A span in its two largest units: <c>3 d 4 h</c>, <c>5 h 12 min</c>, <c>40 s</c>; a negative one is said as none.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)span.TotalSeconds)} s"),
    };

    /// <summary>A number of hours as somebody chooses it: <c>4 hours</c>, <c>3 days</c>.</summary>
    public static string Hours(int hours) => (hours % 24 == 0, hours / 24, hours) switch
    {
        (true, 1, _) => "1 day",
        (true, var days, _) => string.Create(CultureInfo.InvariantCulture, $"{days} days"),
        (_, _, 1) => "1 hour",
        _ => string.Create(CultureInfo.InvariantCulture, $"{hours} hours"),
    };

    /// <summary>A probability in whole percent.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:F0} %");

    /// <summary>A count with thousands apart.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A ruling, state or kind of the tables as words.</summary>
    public static string Words(string name) => name.Replace('_', ' ').Replace('-', ' ');
}
