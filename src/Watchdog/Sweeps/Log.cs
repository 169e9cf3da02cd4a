using Watchdog.Detection;
using Watchdog.Diagnostics;

namespace Watchdog.Sweeps;

internal static partial class Log
{
    [LoggerMessage(EventIds.SweepEnded, LogLevel.Debug,
        "Swept {Shards} shards: {Vms} VMs, {Judged} judged, {Unknown} unknown, {Findings} findings, {Failures} failures")]
    public static partial void SweepEnded(ILogger logger, int shards, int vms, int judged, int unknown, int findings, int failures);

    [LoggerMessage(EventIds.EpisodeStepped, LogLevel.Information, "{InstanceId}: {Class} {Step}, score {Score:0.00}. {Reason}")]
    public static partial void EpisodeStepped(ILogger logger, string instanceId, string @class, EpisodeStep step, double score, string reason);

    [LoggerMessage(EventIds.ScopeFailed, LogLevel.Warning, "{Scope} failed; the other scopes go on, and it is tried again in a minute")]
    public static partial void ScopeFailed(ILogger logger, Exception fault, string scope);

    [LoggerMessage(EventIds.LoopJobFailed, LogLevel.Error, "The {Job} of this minute failed; the next minute tries again")]
    public static partial void JobFailed(ILogger logger, Exception fault, string job);
}
