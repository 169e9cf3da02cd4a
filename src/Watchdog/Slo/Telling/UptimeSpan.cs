using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Telling;

/// <summary>The minutes that a report is about, [From, To).</summary>
/// <param name="From">First minute.</param>
/// <param name="To">First minute after: never beyond what the books hold.</param>
/// <param name="Month">Whether it is a calendar month, or what there is of it; else the trailing 28 days.</param>
public readonly record struct UptimeSpan(int From, int To, bool Month)
{
    /// <summary>The first UTC day that it touches.</summary>
    public DateOnly FirstDay => DateOnly.FromDateTime(Minute.At(From).UtcDateTime);

    /// <summary>The first UTC day after it.</summary>
    public DateOnly DayAfter => DateOnly.FromDateTime(Minute.At(To - 1).UtcDateTime).AddDays(1);
}
