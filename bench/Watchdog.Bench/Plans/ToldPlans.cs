using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;
using Watchdog.Storage;

namespace Watchdog.Bench.Plans;

/// <summary>A statement that the server carried out.</summary>
/// <param name="Ms">The server's own time for it, planning apart.</param>
/// <param name="Json">Its plan with what was counted, as auto_explain writes it.</param>
internal sealed record ToldPlan(string Sql, double Ms, string Json);

/// <summary>Hears from the server how it carried out each statement: module auto_explain tells it as a notice, and Npgsql logs notices.</summary>
internal sealed class ToldPlans : ILoggerProvider, ILogger
{
    private const string Options =
        "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on -c auto_explain.log_timing=off "
        + "-c auto_explain.log_buffers=on -c auto_explain.log_format=json -c auto_explain.log_level=notice";

    private readonly ConcurrentQueue<ToldPlan> told = [];

    /// <summary>A data source whose every statement is told.</summary>
    public NpgsqlDataSource Open(string connectionString) => DataSources.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { Options = Options }.ConnectionString, new(), new LoggerFactory([this], new LoggerFilterOptions { MinLevel = LogLevel.Debug }));

    /// <summary>What was told since the last call.</summary>
    public IReadOnlyList<ToldPlan> Take()
    {
        List<ToldPlan> taken = [];
        while (told.TryDequeue(out var one))
        {
            taken.Add(one);
        }

        return taken;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name != "ReceivedNotice" || state is not IReadOnlyList<KeyValuePair<string, object?>> parts
            || parts.FirstOrDefault(part => part.Key == "NoticeText").Value is not string text || text.IndexOf("plan:", StringComparison.Ordinal) is not (> 0 and var at))
        {
            return;
        }

        var json = text[(at + "plan:".Length)..];
        using var plan = JsonDocument.Parse(json);
        told.Enqueue(new(plan.RootElement.GetProperty("Query Text").GetString()!, double.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture), json));
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
