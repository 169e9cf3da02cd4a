using Watchdog.Diagnostics;

namespace Watchdog.Enforcement;

internal static partial class Log
{
    [LoggerMessage(EventIds.ActWithdrawn, LogLevel.Information, "Act {Act} ({Kind} of {InstanceId}) lost its ground before a call: {Reason}")]
    public static partial void ActWithdrawn(ILogger logger, long act, string kind, string instanceId, string reason);

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

    [LoggerMessage(EventIds.ActApplied, LogLevel.Information, "Act {Act} ({Kind}) on {InstanceId} is in force; whether it holds is being watched")]
    public static partial void ActApplied(ILogger logger, long act, string kind, string instanceId);

    [LoggerMessage(EventIds.ActUnverifiable, LogLevel.Error, "Act {Act} ({Kind}) on {InstanceId} is in force and cannot be verified: {Reason}")]
    public static partial void ActUnverifiable(ILogger logger, long act, string kind, string instanceId, string reason);

    [LoggerMessage(EventIds.ActEscalated, LogLevel.Critical, "Act {Act} ({Kind}) did not hold {InstanceId}, which is stopped now: {Reason}")]
    public static partial void ActEscalated(ILogger logger, long act, string kind, string instanceId, string reason);

    [LoggerMessage(EventIds.IsolationFaltered, LogLevel.Warning, "The containment group of {InterfaceId}, which is open, was not set yet: {Reason}")]
    public static partial void IsolationFaltered(ILogger logger, string interfaceId, string reason);

    [LoggerMessage(EventIds.StillExposed, LogLevel.Critical, "{InterfaceId} may stand in the allow-all group and could not be closed; it is the next thing that is tried: {Reason}")]
    public static partial void StillExposed(ILogger logger, string interfaceId, string reason);

    [LoggerMessage(EventIds.WasExposed, LogLevel.Error, "An interface of {InstanceId} stood, or may have stood, in the allow-all group for {Seconds} s: {How}")]
    public static partial void WasExposed(ILogger logger, string instanceId, double seconds, string how);

    [LoggerMessage(EventIds.EvidenceMissed, LogLevel.Information, "Of {InstanceId} no {What} was to be had: {Reason}")]
    public static partial void EvidenceMissed(ILogger logger, string instanceId, string what, string reason);

    [LoggerMessage(EventIds.DraftFailed, LogLevel.Information, "No plan could be drafted for act {Act} on {InstanceId}: {Reason}")]
    public static partial void DraftFailed(ILogger logger, long act, string instanceId, string reason);
}
