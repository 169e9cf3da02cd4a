using NodaTime;
using NodaTime.Text;

namespace Watchdog.IdleShutdown;

/// <summary>Quiet hours: a span of each day on a zone's clock, half-open.</summary>
/// <param name="To">Earlier than <paramref name="From"/>: on the next day.</param>
public sealed record QuietSpan(LocalTime From, LocalTime To, DateTimeZone Zone)
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>As reasons name them, e.g. <c>22:00 to 07:00 Europe/Berlin</c>.</summary>
    public string Words => $"{Clock.Format(From)} to {Clock.Format(To)} {Zone.Id}";

    /// <summary>When the hours end that an instant lies in; null: it lies in none. In the nights when clocks change they are an hour shorter or longer.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at)
    {
        var now = Instant.FromDateTimeOffset(at);
        var today = now.InZone(Zone).Date;
        // Yesterday's may last until today.
        foreach (var date in (LocalDate[])[today.PlusDays(-1), today])
        {
            var end = Zone.At((To > From ? date : date.PlusDays(1)) + To);
            if (Zone.At(date + From) <= now && now < end)
            {
                return end.ToDateTimeOffset();
            }
        }

        return null;
    }

    /// <summary>Reads the settings; null where there are none.</summary>
    /// <exception cref="FormatException">They cannot be read, with what and the mend.</exception>
    public static QuietSpan? Of(IdleHours? hours)
    {
        if (hours is null || (string.IsNullOrWhiteSpace(hours.From) && string.IsNullOrWhiteSpace(hours.To)))
        {
            return null;
        }

        var (from, to, zone) = (TimeOf(hours.From), TimeOf(hours.To), LocalTimes.ZoneOf(hours.Zone));
        return from == to ? throw new FormatException($"the hours from {hours.From} to {hours.To} are empty; leave From and To out for none") : new(from, to, zone);
    }

    private static LocalTime TimeOf(string? text) => Clock.Parse(text?.Trim() ?? "") is { Success: true } read ? read.Value
        : throw new FormatException($"'{text}' is no time of day such as 22:00");
}
