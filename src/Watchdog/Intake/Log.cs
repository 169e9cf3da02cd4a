using Watchdog.Diagnostics;

namespace Watchdog.Intake;

internal static partial class Log
{
    [LoggerMessage(EventIds.DeliveryRefused, LogLevel.Warning, "The metric stream's delivery {RequestId} was answered with {Status}: {Reason}")]
    public static partial void DeliveryRefused(ILogger logger, string requestId, int status, string reason);
}
