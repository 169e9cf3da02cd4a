using Watchdog.Diagnostics;

namespace Watchdog.Reports.Daily;

internal static partial class Log
{
    [LoggerMessage(EventIds.ReportPosted, LogLevel.Information, "The quarantine report of {Day} is on its way to the receivers")]
    public static partial void ReportPosted(ILogger logger, string day);

    [LoggerMessage(EventIds.ReportWaits, LogLevel.Warning, "The daily quarantine report could not be made; it is tried again each minute, and told of once")]
    public static partial void ReportWaits(ILogger logger, Exception fault);
}
