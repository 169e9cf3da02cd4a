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

    [LoggerMessage(EventIds.BrakeTripped, LogLevel.Critical, "The brake went on by itself ({Cause}): {Reason}")]
    public static partial void BrakeTripped(ILogger logger, string cause, string reason);

    [LoggerMessage(EventIds.DetectorDemoted, LogLevel.Warning, "Detector {Class} only proposes from now on: {Reason}")]
    public static partial void DetectorDemoted(ILogger logger, string @class, string reason);

    [LoggerMessage(EventIds.DetectorRestored, LogLevel.Information, "Detector {Class} may act by itself again: {Reason}")]
    public static partial void DetectorRestored(ILogger logger, string @class, string reason);
}
