using Watchdog.Diagnostics;

namespace Watchdog.Policy;

internal static partial class Log
{
    [LoggerMessage(EventIds.CaseOpened, LogLevel.Warning, "Case {Case}: {Class} on {InstanceId}: {Reason}")]
    public static partial void CaseOpened(ILogger logger, long @case, string @class, string instanceId, string reason);

    [LoggerMessage(EventIds.ActsAdmitted, LogLevel.Information, "{Admitted} act(s) admitted, {Held} held")]
    public static partial void ActsAdmitted(ILogger logger, int admitted, int held);

    [LoggerMessage(EventIds.LadderClimbed, LogLevel.Information, "Scope {Scope}: {Episodes} episode(s) went on to their next rung")]
    public static partial void Climbed(ILogger logger, short scope, int episodes);
}
