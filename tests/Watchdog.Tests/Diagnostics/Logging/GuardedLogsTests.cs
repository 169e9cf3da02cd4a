using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Logging;
using Watchdog.Testing;

namespace Watchdog.Tests.Diagnostics.Logging;

public sealed partial class GuardedLogsTests : IDisposable
{
    private readonly ManualTime clock = new();
    private readonly Lines lines;
    private readonly LoggerFactory factory;

    public GuardedLogsTests()
    {
        var clocks = new Clocks(clock, clock);
        lines = new Lines(new JsonLines(clocks));
        factory = new LoggerFactory([new GuardedLogs(lines, clocks)]);
    }

    public void Dispose() => factory.Dispose();

    [Fact]
    public void A_storm_writes_the_first_of_a_minute_and_tells_the_number_of_the_rest()
    {
        var log = factory.CreateLogger("Watchdog.Detection.ScreenLook");
        for (var i = 0; i < 150_000; i++)
        {
            Said.JudgementFailed(log, $"i-{i}");
        }

        Said.CallFailed(log);
        Assert.Equal(LogSampler.Warnings + 1, lines.Written.Count);

        clock.Advance(TimeSpan.FromMinutes(1));
        Said.JudgementFailed(log, "i-x");

        var last = JsonDocument.Parse(lines.Written[^1]).RootElement;
        Assert.Equal($"i-x could not be judged ({150_000 - LogSampler.Warnings} more like it were not written)", last.GetProperty("message").GetString());
        Assert.Equal(150_000 - LogSampler.Warnings, last.GetProperty("unwritten").GetInt32());
    }

    [Fact]
    public void A_line_bears_its_event_its_trace_its_fields_and_those_around_it_without_secrets()
    {
        var log = factory.CreateLogger("Watchdog.Enforcement.ActExecutor");
        using var span = new Activity("test").Start();

        using (log.With(("case", 7L), ("scope", "1/eu-west-1"), ("act", 1L)))
        {
            Said.ActFailed(log, new InvalidOperationException("Password=hunter2 was refused"), 12, "i-1", "run as 'x --token abc'");
        }

        var line = JsonDocument.Parse(Assert.Single(lines.Written)).RootElement;
        Assert.Equal(("warning", "ActFailed", 1402), (Text("level"), Text("event"), line.GetProperty("event_id").GetInt32()));
        Assert.Equal((span.TraceId.ToHexString(), span.SpanId.ToHexString()), (Text("trace_id"), Text("span_id")));
        // The message's own act goes before the one around it.
        Assert.Equal((12, 7), (line.GetProperty("act").GetInt64(), line.GetProperty("case").GetInt64()));
        Assert.Equal(("i-1", "1/eu-west-1"), (Text("instance_id"), Text("scope")));
        Assert.Equal("run as 'x --token [redacted]", Text("reason"));
        Assert.DoesNotContain("hunter2", lines.Written[0], StringComparison.Ordinal);
        Assert.Contains("[redacted] was refused", Text("error"), StringComparison.Ordinal);

        string? Text(string name) => line.GetProperty(name).GetString();
    }

    private static partial class Said
    {
        [LoggerMessage(1200, LogLevel.Warning, "another kind is written")]
        public static partial void CallFailed(ILogger logger);

        [LoggerMessage(1201, LogLevel.Error, "{InstanceId} could not be judged")]
        public static partial void JudgementFailed(ILogger logger, string instanceId);

        [LoggerMessage(1402, LogLevel.Warning, "Act {Act} on {InstanceId}: {Reason}")]
        public static partial void ActFailed(ILogger logger, Exception fault, long act, string instanceId, string reason);
    }

    private sealed class Lines(JsonLines format) : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

        public List<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var text = new StringWriter();
            format.Write(new LogEntry<TState>(logLevel, "category", eventId, state, exception, formatter), scopes, text);
            Written.Add(text.ToString().TrimEnd());
        }

        public void Dispose()
        {
        }
    }
}
