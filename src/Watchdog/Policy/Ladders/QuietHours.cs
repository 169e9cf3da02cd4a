using System.Globalization;

namespace Watchdog.Policy.Ladders;

/// <summary>
/// A span of each day in which only the rungs named by <see cref="ClassRule.QuietRungs"/> begin by themselves. A person's confirmation begins any.
/// </summary>
public sealed class QuietHours
{
    /// <summary>When they begin, <c>HH:mm</c> on the zone's clock; null (default): there are none.</summary>
    public string? From { get; set; }

    /// <summary>When they end, <c>HH:mm</c>; earlier than <see cref="From"/>: on the next day.</summary>
    public string? To { get; set; }

    /// <summary>The clock that counts: an IANA name such as <c>Europe/Berlin</c>, default <c>UTC</c>. Summer time is minded.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>As reasons name them, e.g. <c>22:00 to 07:00 Europe/Berlin</c>.</summary>
    public string Words => $"{From} to {To} {Zone}";

    /// <summary>Whether an instant lies in them.</summary>
    /// <exception cref="FormatException">They cannot be read; checked at start.</exception>
    public bool Hold(DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(From) && string.IsNullOrWhiteSpace(To))
        {
            return false;
        }

        var (from, to, zone) = (Clock(From), Clock(To), ZoneOf(Zone));
        var now = TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(at, zone).TimeOfDay);
        return now.IsBetween(from, to);
    }

    private static TimeOnly Clock(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time : throw new FormatException($"'{text}' is no time of day such as 22:00");

    private static TimeZoneInfo ZoneOf(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : throw new FormatException($"'{name}' is no time zone that this machine knows, such as Europe/Berlin");
}
