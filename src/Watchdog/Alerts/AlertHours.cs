using NodaTime;
using NodaTime.Text;
using Watchdog.IdleShutdown;

namespace Watchdog.Alerts;

/// <summary>
/// Hours of the week on a zone's clock, half-open: a team's, or quiet ones. Those of teams that follow each other on one zone's clock cover each instant once, also in
/// the nights when clocks change.
/// </summary>
public sealed class AlertHours
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>When they begin, <c>HH:mm</c> on the zone's clock; null (default), as <see cref="To"/>: the whole day.</summary>
    public string? From { get; set; }

    /// <summary>When they end, <c>HH:mm</c>; earlier than <see cref="From"/>: on the next day.</summary>
    public string? To { get; set; }

    /// <summary>The clock that counts: a name of the IANA time zone database such as <c>Europe/Berlin</c>, default <c>UTC</c>.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>The days on which they begin, e.g. <c>Saturday</c>; those of Friday 22:00 to 07:00 end on Saturday. Empty (default): each day.</summary>
    public List<string> Days { get; set; } = [];

    /// <summary>Whether any are set.</summary>
    public bool Given => !string.IsNullOrWhiteSpace(From) || !string.IsNullOrWhiteSpace(To) || Days.Count > 0;

    /// <summary>As reasons name them, e.g. <c>Friday 22:00 to 07:00 Europe/Berlin</c>.</summary>
    public string Words => string.Join(' ', new[] { string.Join(", ", Days), string.IsNullOrWhiteSpace(From) ? "" : $"{From} to {To}", Zone }.Where(part => part.Length > 0));

    /// <summary>Whether an instant lies in them; where none are set, none does.</summary>
    /// <exception cref="FormatException">They cannot be read; checked at start.</exception>
    public bool Hold(DateTimeOffset at)
    {
        if (!Given)
        {
            return false;
        }

        var (from, to, zone, days) = Read();
        var now = Instant.FromDateTimeOffset(at);
        var today = now.InZone(zone).Date;
        // Yesterday's may last until today.
        return ((LocalDate[])[today.PlusDays(-1), today]).Any(date =>
            days.Contains(date.DayOfWeek) && zone.At(date + from) <= now && now < zone.At((to > from ? date : date.PlusDays(1)) + to));
    }

    /// <summary>What is wrong with them; null: nothing.</summary>
    internal string? Error()
    {
        try
        {
            Read();
            return null;
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }

    private (LocalTime From, LocalTime To, DateTimeZone Zone, IReadOnlySet<IsoDayOfWeek> Days) Read()
    {
        var whole = string.IsNullOrWhiteSpace(From) && string.IsNullOrWhiteSpace(To);
        var (from, to) = whole ? (LocalTime.Midnight, LocalTime.Midnight) : (TimeOf(From), TimeOf(To));
        return !whole && from == to ? throw new FormatException($"the hours from {From} to {To} are empty; leave From and To out for the whole day")
            : (from, to, LocalTimes.ZoneOf(Zone), Days.Count == 0 ? Enum.GetValues<IsoDayOfWeek>().ToHashSet() : Days.Select(DayOf).ToHashSet());
    }

    private static LocalTime TimeOf(string? text) => Clock.Parse(text?.Trim() ?? "") is { Success: true } read ? read.Value
        : throw new FormatException($"'{text}' is no time of day such as 22:00");

    private static IsoDayOfWeek DayOf(string? text) => Enum.GetValues<IsoDayOfWeek>().FirstOrDefault(day => string.Equals($"{day}", text?.Trim(), StringComparison.OrdinalIgnoreCase))
        is var found and not IsoDayOfWeek.None ? found : throw new FormatException($"'{text}' is no day such as Saturday");
}
