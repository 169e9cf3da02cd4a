using Watchdog.Diagnostics;

namespace Watchdog.IdleShutdown;

internal static partial class Log
{
    [LoggerMessage(EventIds.IdleReadFailed, LogLevel.Warning, "Reading {What} of {Vms} VM(s) in {Scope} for idleness failed; what is not known keeps them")]
    public static partial void ReadFailed(ILogger logger, Exception fault, string what, string scope, int vms);

    [LoggerMessage(EventIds.IdleAdmitted, LogLevel.Information, "{Admitted} idle stop(s) admitted, {Warned} warned of, {Held} held")]
    public static partial void Admitted(ILogger logger, int admitted, int warned, int held);

    [LoggerMessage(EventIds.IdleEvaluated, LogLevel.Information, "{Looked} resting VM(s) looked at: {Proposed} stop(s) recorded, {Withdrawn} withdrawn")]
    public static partial void Evaluated(ILogger logger, int looked, int proposed, int withdrawn);
}
