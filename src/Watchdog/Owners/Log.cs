using Watchdog.Diagnostics;

namespace Watchdog.Owners;

internal static partial class Log
{
    [LoggerMessage(EventIds.NoticesWait, LogLevel.Warning, "Owners are not told for now ({Reason}); the next try is in seconds")]
    public static partial void NoticesWait(ILogger logger, string reason);
}
