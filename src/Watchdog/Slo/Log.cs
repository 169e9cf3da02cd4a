using Watchdog.Diagnostics;

namespace Watchdog.Slo;

internal static partial class Log
{
    [LoggerMessage(EventIds.BooksBroken, LogLevel.Error,
        "The uptime books of day {Day} did not hold together and were mended: {Overlaps} VMs with overlapping rows, {Gaps} with a gap, {Buckets} buckets and {Days} days that were not what the rows say")]
    public static partial void Broken(ILogger logger, DateOnly day, int overlaps, int gaps, int buckets, int days);
}
