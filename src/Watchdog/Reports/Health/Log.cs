using Watchdog.Diagnostics;

namespace Watchdog.Reports.Health;

internal static partial class Log
{
    [LoggerMessage(EventIds.StateUnread, LogLevel.Warning, "The fleet's state could not be read for the gauges ({Reason}); they end when the last reading is too old")]
    public static partial void StateUnread(ILogger logger, string reason);
}
