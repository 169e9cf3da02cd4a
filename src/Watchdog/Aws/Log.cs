using Watchdog.Diagnostics;

namespace Watchdog.Aws;

internal static partial class Log
{
    [LoggerMessage(EventIds.MetricCallFailed, LogLevel.Warning, "{Scope}: a GetMetricData call for {Rows} series failed, they stay unknown: {Code}: {Message}")]
    public static partial void MetricCallFailed(ILogger logger, string scope, int rows, string code, string message);

    [LoggerMessage(EventIds.MetricMessage, LogLevel.Warning, "{Scope}: GetMetricData said: {Message}")]
    public static partial void MetricMessage(ILogger logger, string scope, string message);

    [LoggerMessage(EventIds.ProbeFailed, LogLevel.Warning, "{Scope}: {Call} failed, what it asked for stays unknown: {Code}: {Message}")]
    public static partial void ProbeFailed(ILogger logger, string scope, string call, string code, string message);

    [LoggerMessage(EventIds.BudgetWarning, LogLevel.Warning, "AWS calls of this month cost US$ {Spent} so far, of a budget of US$ {Budget}")]
    public static partial void BudgetWarning(ILogger logger, decimal spent, decimal budget);
}
