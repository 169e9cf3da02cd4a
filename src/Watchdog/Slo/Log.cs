using Watchdog.Diagnostics;

namespace Watchdog.Slo;

internal static partial class Log
{
    [LoggerMessage(EventIds.BooksBroken, LogLevel.Error,
        "The uptime books of day {Day} did not hold together and were mended: {Overlaps} VMs with overlapping rows, {Gaps} with a gap, {Buckets} buckets and {Days} days that were not what the rows say")]
    public static partial void Broken(ILogger logger, DateOnly day, int overlaps, int gaps, int buckets, int days);

    [LoggerMessage(EventIds.MinutesNotJudged, LogLevel.Error,
        "The minutes of {InstanceId} cannot be judged ({Why}): they are left out of the uptime books, and tried again; 'watchdog slo check' lists all such VMs")]
    public static partial void NotJudged(ILogger logger, string instanceId, string why);
}
