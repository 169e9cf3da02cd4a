using Watchdog.Diagnostics;

namespace Watchdog.Alerts;

internal static partial class Log
{
    [LoggerMessage(EventIds.AlertsWait, LogLevel.Warning, "Incidents wait: {Reason}")]
    public static partial void AlertsWait(ILogger logger, string reason);

    [LoggerMessage(EventIds.AlertsFail, LogLevel.Error, "Incidents wait for a fault of the program; they are tried again")]
    public static partial void AlertsFail(ILogger logger, Exception fault);

    [LoggerMessage(EventIds.ConditionsFail, LogLevel.Error, "What is wrong of {Kinds} stays as it was for a fault of the program; it is measured again")]
    public static partial void ConditionsFail(ILogger logger, string kinds, Exception fault);

    [LoggerMessage(EventIds.AlertEventUnread, LogLevel.Error, "Event {Event} ({Kind}) cannot be read and is passed over: {Reason}")]
    public static partial void EventUnread(ILogger logger, long @event, string kind, string reason);

    [LoggerMessage(EventIds.ConditionUnread, LogLevel.Warning, "What is wrong of {Kinds} cannot be measured and stays as it was: {Reason}")]
    public static partial void ConditionUnread(ILogger logger, string kinds, string reason);
}
