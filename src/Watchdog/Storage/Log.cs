using Watchdog.Diagnostics;

namespace Watchdog.Storage;

internal static partial class Log
{
    [LoggerMessage(EventIds.Migrated, LogLevel.Information, "Applied migration {Version}: {Name}")]
    public static partial void Migrated(ILogger logger, int version, string name);

    [LoggerMessage(EventIds.ClusterInitialised, LogLevel.Information, "Made a private PostgreSQL cluster in {Folder}")]
    public static partial void ClusterInitialised(ILogger logger, string folder);

    [LoggerMessage(EventIds.ClusterStarted, LogLevel.Information, "Started the private PostgreSQL cluster in {Folder}")]
    public static partial void ClusterStarted(ILogger logger, string folder);

    [LoggerMessage(EventIds.ClusterAttached, LogLevel.Debug, "Attached to the private PostgreSQL cluster that runs in {Folder}")]
    public static partial void ClusterAttached(ILogger logger, string folder);

    [LoggerMessage(EventIds.ClusterStopped, LogLevel.Information, "Stopped the private PostgreSQL cluster in {Folder}")]
    public static partial void ClusterStopped(ILogger logger, string folder);

    [LoggerMessage(EventIds.ClusterLeftRunning, LogLevel.Information, "Left the private PostgreSQL cluster in {Folder} running: {Others} other sessions use it")]
    public static partial void ClusterLeftRunning(ILogger logger, string folder, long others);

    [LoggerMessage(EventIds.ClusterStalePid, LogLevel.Warning, "Removed a stale postmaster.pid in {Folder}: process {Pid} is not its server")]
    public static partial void ClusterStalePid(ILogger logger, string folder, int pid);

    [LoggerMessage(EventIds.ClusterLost, LogLevel.Warning, "The private PostgreSQL cluster in {Folder} stopped answering")]
    public static partial void ClusterLost(ILogger logger, string folder);

    [LoggerMessage(EventIds.ClusterRestartFailed, LogLevel.Error, "The private PostgreSQL cluster could not be started; it is tried again")]
    public static partial void ClusterRestartFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.ClockSkew, LogLevel.Warning, "This machine's clock lies {Skew:F1} s ahead of the database server's; more than {Most:F0} s either way needs NTP, since workers fire by it")]
    public static partial void ClockSkew(ILogger logger, double skew, double most);
}
