using Cronos;
using NodaTime;

namespace Watchdog.IdleShutdown.Schedules;

/// <summary>
/// The instants of a cron expression on a zone's clock; pure. A time that the clocks skip comes once, at the first instant after the gap, with all others of
/// that gap; one that they show twice comes once, at the earlier.
/// </summary>
/// <param name="without">Days that have none.</param>
internal sealed class CronTimes(CronExpression cron, DateTimeZone zone, IReadOnlySet<LocalDate> without)
{
    /// <summary>The latest at or before an instant; null: none as far back as Cronos counts.</summary>
    public DateTimeOffset? Latest(DateTimeOffset at)
    {
        var (shown, inclusive) = Shown(at);
        for (var local = cron.GetPreviousOccurrence(Utc(shown), inclusive); local is { } found; local = cron.GetPreviousOccurrence(found))
        {
            if (!without.Contains(LocalDate.FromDateTime(found)))
            {
                return InstantOf(found);
            }
        }

        return null;
    }

    /// <summary>The first after an instant; null: none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var (shown, inclusive) = Shown(after);
        for (var local = cron.GetNextOccurrence(Utc(shown), !inclusive); local is { } found; local = cron.GetNextOccurrence(found))
        {
            if (!without.Contains(LocalDate.FromDateTime(found)))
            {
                return InstantOf(found);
            }
        }

        return null;
    }

    // The furthest that the zone's clocks have been by an instant: after they were set back, what they are about to show a second time has been.
    private (LocalDateTime Local, bool Inclusive) Shown(DateTimeOffset at)
    {
        var now = Instant.FromDateTimeOffset(at);
        var local = now.InZone(zone).LocalDateTime;
        var interval = zone.GetZoneInterval(now);
        if (interval.HasStart && interval.Start > Instant.MinValue)
        {
            var before = zone.GetZoneInterval(interval.Start - Duration.Epsilon).IsoLocalEnd;
            return before > local ? (before, false) : (local, true);
        }

        return (local, true);
    }

    private DateTimeOffset InstantOf(DateTime local) => zone.At(LocalDateTime.FromDateTime(local)).ToDateTimeOffset();

    // Cronos counts in UTC, which has neither gaps nor overlaps; the zone comes after it.
    private static DateTime Utc(LocalDateTime local) => DateTime.SpecifyKind(local.ToDateTimeUnspecified(), DateTimeKind.Utc);
}
