using Watchdog.Diagnostics;

namespace Watchdog.Scheduling;

internal static partial class Log
{
    [LoggerMessage(EventIds.JobFailed, LogLevel.Error, "Job {Kind} {Number} failed; its next firing tries again")]
    public static partial void JobFailed(ILogger logger, Exception exception, string kind, string number);

    [LoggerMessage(EventIds.JobFenced, LogLevel.Warning, "Job {Kind} {Number} stopped, another worker holds its lease: {Reason}")]
    public static partial void Fenced(ILogger logger, string kind, string number, string reason);

    [LoggerMessage(EventIds.JobCancelled, LogLevel.Information, "Job {Kind} {Number} stopped with the worker")]
    public static partial void Cancelled(ILogger logger, string kind, string number);

    [LoggerMessage(EventIds.JobDatabaseAway, LogLevel.Warning, "Job {Kind} {Number} found the database away ({Reason}); its next firing tries again")]
    public static partial void DatabaseAway(ILogger logger, string kind, string number, string reason);

    [LoggerMessage(EventIds.JobsDeclared, LogLevel.Information, "Timetable {Version}: {Jobs} jobs, {Added} of them new")]
    public static partial void Declared(ILogger logger, string version, int jobs, int added);
}
