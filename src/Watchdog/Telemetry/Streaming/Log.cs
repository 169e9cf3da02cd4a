using Watchdog.Diagnostics;

namespace Watchdog.Telemetry.Streaming;

internal static partial class Log
{
    [LoggerMessage(EventIds.StreamSilent, LogLevel.Warning, "{Scope}: the metric stream has delivered nothing new {Since}; VMs are polled instead, at the price of polling. docs/operations.md, Metric stream, says what to look at")]
    public static partial void StreamSilent(ILogger logger, string scope, string since);

    [LoggerMessage(EventIds.StreamBack, LogLevel.Information, "{Scope}: the metric stream delivers again")]
    public static partial void StreamBack(ILogger logger, string scope);

    [LoggerMessage(EventIds.PolledNotKept, LogLevel.Warning, "{Scope}: what was polled of {Vms} VMs could not be kept, they are polled once more: {Reason}")]
    public static partial void PolledNotKept(ILogger logger, string scope, int vms, string reason);
}
