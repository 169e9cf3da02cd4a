using Watchdog.Diagnostics;

namespace Watchdog.Slo.Alarms;

internal static partial class Log
{
    [LoggerMessage(EventIds.SloAlarmChanged, LogLevel.Warning, "{Kind}: objective {Slo}, {Group}, {Rung}: {Reason}")]
    public static partial void AlarmChanged(ILogger logger, string kind, string slo, string group, string rung, string reason);

    [LoggerMessage(EventIds.SloFiguresUnread, LogLevel.Warning, "The uptime gauges keep their last figures: {Why}")]
    public static partial void FiguresUnread(ILogger logger, string why);
}
