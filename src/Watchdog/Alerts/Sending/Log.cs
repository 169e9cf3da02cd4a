using Watchdog.Diagnostics;

namespace Watchdog.Alerts.Sending;

internal static partial class Log
{
    [LoggerMessage(EventIds.AlertSendingWaits, LogLevel.Warning, "{Receiver} is not told for now ({Reason}); the next try is in seconds")]
    public static partial void SendingWaits(ILogger logger, string receiver, string reason);

    [LoggerMessage(EventIds.AlertSendingFails, LogLevel.Error, "{Receiver} is not told for now, for a fault of the program; the next try is in seconds")]
    public static partial void SendingFails(ILogger logger, string receiver, Exception fault);

    [LoggerMessage(EventIds.AlertRepeatsFail, LogLevel.Warning, "{Receiver} did not take {Failed} of {Told} alerts that it is told again each minute")]
    public static partial void RepeatsFail(ILogger logger, string receiver, int failed, int told);

    [LoggerMessage(EventIds.LifeWithheld, LogLevel.Warning, "Signs of life are withheld: {Reason}")]
    public static partial void LifeWithheld(ILogger logger, string reason);

    [LoggerMessage(EventIds.LifeBack, LogLevel.Information, "Signs of life are given again: {Reason}")]
    public static partial void LifeBack(ILogger logger, string reason);
}
