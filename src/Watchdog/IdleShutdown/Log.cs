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

    [LoggerMessage(EventIds.ScheduleRun, LogLevel.Information, "Schedules: {Stops} stop(s) and {Starts} start(s) recorded, {Withdrawn} withdrawn")]
    public static partial void Scheduled(ILogger logger, int stops, int starts, int withdrawn);

    [LoggerMessage(EventIds.WaveRefused, LogLevel.Warning, "A wave of stops is refused: {Reason}")]
    public static partial void WaveRefused(ILogger logger, string reason);
}
