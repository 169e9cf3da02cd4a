using System.Diagnostics.Metrics;

namespace Watchdog.Diagnostics.Logging;

/// <summary>Stands before the console: counts every warning, writes not all of many equal events, and takes out what must not be written.</summary>
[ProviderAlias("Console")]
internal sealed class GuardedLogs(ILoggerProvider inner, Clocks clocks) : ILoggerProvider, ISupportExternalScope
{
    private static readonly Counter<long> Events = Meters.Meter.CreateCounter<long>(
        "watchdog.log.events", null, "Warnings and worse that were logged, written or not, by level and event.");

    private readonly LogSampler sampler = new(clocks.Wall);

    public ILogger CreateLogger(string categoryName) => new Guarded(inner.CreateLogger(categoryName), categoryName, sampler);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => (inner as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    public void Dispose() => inner.Dispose();

    private sealed class Guarded(ILogger inner, string category, LogSampler sampler) : ILogger
    {
        // Of a library's events the room of the library says enough.
        private readonly string library = category.Split('.')[0];
        private readonly bool ours = category.StartsWith("Watchdog.", StringComparison.Ordinal);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var name = ours && eventId.Name is { } own ? own : library;
            if (logLevel >= LogLevel.Warning)
            {
                Events.Add(1, new("level", logLevel.ToString().ToLowerInvariant()), new KeyValuePair<string, object?>("event", name));
            }

            var (write, unwritten) = sampler.Admit(ours && eventId.Id != 0 ? name : $"{category} {logLevel}", logLevel);
            if (write)
            {
                var line = GuardedLine.Of(state, exception, formatter(state, exception), unwritten);
                inner.Log(logLevel, eventId, line, line.Exception, static (one, _) => one.Message);
            }
        }
    }
}
