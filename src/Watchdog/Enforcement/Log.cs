using Watchdog.Diagnostics;

namespace Watchdog.Enforcement;

internal static partial class Log
{
    [LoggerMessage(EventIds.ActVerified, LogLevel.Information, "Act {Act} ({Kind}) on {InstanceId} is verified")]
    public static partial void ActVerified(ILogger logger, long act, string kind, string instanceId);

    [LoggerMessage(EventIds.ActRefused, LogLevel.Warning, "Act {Act} ({Kind}) on {InstanceId} is refused: {Reason}")]
    public static partial void ActRefused(ILogger logger, long act, string kind, string instanceId, string reason);

    [LoggerMessage(EventIds.ActFailed, LogLevel.Error, "Act {Act} ({Kind}) on {InstanceId} failed: {Reason}")]
    public static partial void ActFailed(ILogger logger, long act, string kind, string instanceId, string reason);

    [LoggerMessage(EventIds.ActDelayed, LogLevel.Warning, "Act {Act} ({Kind}) on {InstanceId} waits {Wait}: {Reason}")]
    public static partial void ActDelayed(ILogger logger, long act, string kind, string instanceId, TimeSpan wait, string reason);

    [LoggerMessage(EventIds.LaneStopped, LogLevel.Error, "Scope {Scope}: no further act in this run: {Reason}")]
    public static partial void LaneStopped(ILogger logger, string scope, string reason);

    [LoggerMessage(EventIds.ActuatorFenced, LogLevel.Warning, "Scope {Scope}: another actuator took the lease, this run ends: {Reason}")]
    public static partial void Fenced(ILogger logger, string scope, string reason);

    [LoggerMessage(EventIds.ActuatorBraked, LogLevel.Warning, "Scope {Scope}: the brake is on ({Reason}); only releases are carried out")]
    public static partial void Braked(ILogger logger, string scope, string reason);
}
