namespace Watchdog.Reports.Daily;

/// <summary>Which day's report is due. Pure.</summary>
public static class ReportDays
{
    /// <summary>How far back a report that was missed is still posted; who was away for longer reads the pages.</summary>
    private const int MostBack = 7;

    /// <summary>The oldest UTC day whose report is due and was not posted; null: none is.</summary>
    /// <param name="now">In UTC.</param>
    /// <param name="at">The time of day at which the day before is due.</param>
    /// <param name="last">The last day that was posted; null: none ever was, and only the latest day counts.</param>
    public static DateOnly? Due(DateTimeOffset now, TimeOnly at, DateOnly? last)
    {
        var latest = DateOnly.FromDateTime(now.UtcDateTime).AddDays(TimeOnly.FromTimeSpan(now.UtcDateTime.TimeOfDay) >= at ? -1 : -2);
        if (last is not { } posted)
        {
            return latest;
        }

        var (next, oldest) = (posted.AddDays(1), latest.AddDays(1 - MostBack));
        return next > latest ? null : next > oldest ? next : oldest;
    }
}
