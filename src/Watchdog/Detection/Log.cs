using Watchdog.Diagnostics;

namespace Watchdog.Detection;

internal static partial class Log
{
    [LoggerMessage(EventIds.LookFailed, LogLevel.Warning, "{Call} for {Vms} VMs of {Scope} failed; they stay unknown until the next look")]
    public static partial void CallFailed(ILogger logger, Exception fault, string call, string scope, int vms);

    [LoggerMessage(EventIds.JudgementFailed, LogLevel.Error, "{InstanceId} could not be judged and stays unknown; the other VMs are judged")]
    public static partial void JudgementFailed(ILogger logger, Exception fault, string instanceId);

    [LoggerMessage(EventIds.IndicatorsKept, LogLevel.Warning, "The indicators of {Path} are not taken over; version {Version} stays in force: {Faults}")]
    public static partial void IndicatorsKept(ILogger logger, string path, string version, string faults);

    [LoggerMessage(EventIds.IndicatorsLoaded, LogLevel.Information, "Indicators {Version} are in force, {Count} entries; suspects and benign memories are judged anew")]
    public static partial void IndicatorsLoaded(ILogger logger, string version, int count);

    [LoggerMessage(EventIds.LookRefused, LogLevel.Information, "No look inside {InstanceId}: {Refusal}")]
    public static partial void LookRefused(ILogger logger, string instanceId, string refusal);
}
