namespace Watchdog.Slo.Minutes;

/// <summary>
/// Whole minutes since 1970-01-01T00:00Z, the unit of the books. What is true at a minute's end counts for all of it: an instant belongs to
/// the minute that it lies in, so that a change at 10:00:30 holds from minute 10:00 on.
/// </summary>
public static class Minute
{
    /// <summary>End of an interval that is still open.</summary>
    public const int Open = int.MaxValue;

    /// <summary>Minutes of a UTC day.</summary>
    public const int Day = 1_440;

    /// <summary>The minute that the instant lies in.</summary>
    public static int Of(DateTimeOffset instant) => (int)Math.Floor(instant.ToUnixTimeMilliseconds() / 60_000.0);

    /// <summary>The instant at which the minute begins.</summary>
    public static DateTimeOffset At(int minute) => DateTimeOffset.UnixEpoch.AddMinutes(minute);

    /// <summary>The first minute of the month that the minute lies in.</summary>
    public static int MonthOf(int minute)
    {
        var at = At(minute);
        return Of(new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>The first minute of the month after.</summary>
    public static int NextMonth(int minute) => Of(At(MonthOf(minute)).AddMonths(1));
}
