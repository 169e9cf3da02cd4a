using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Reading;

/// <summary>UTC days as <c>slo_daily</c> numbers them: since 1970-01-01.</summary>
public static class Days
{
    /// <summary>The day's number.</summary>
    public static int Of(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The day's first minute.</summary>
    public static int FirstMinute(DateOnly day) => Of(day) * Minute.Day;
}
