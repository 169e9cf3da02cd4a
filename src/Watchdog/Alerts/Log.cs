using Watchdog.Diagnostics;

namespace Watchdog.Alerts;

internal static partial class Log
{
    [LoggerMessage(EventIds.AlertsWait, LogLevel.Warning, "Incidents wait: {Reason}")]
    public static partial void AlertsWait(ILogger logger, string reason);

    [LoggerMessage(EventIds.AlertEventUnread, LogLevel.Error, "Event {Event} ({Kind}) cannot be read and is passed over: {Reason}")]
    public static partial void EventUnread(ILogger logger, long @event, string kind, string reason);

    [LoggerMessage(EventIds.ConditionUnread, LogLevel.Warning, "What is wrong of {Kinds} cannot be measured and stays as it was: {Reason}")]
    public static partial void ConditionUnread(ILogger logger, string kinds, string reason);
}
