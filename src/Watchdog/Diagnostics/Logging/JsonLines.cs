using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Watchdog.Diagnostics.Logging;

/// <summary>
/// An object a line: <c>at</c>, <c>level</c>, <c>event</c>, <c>event_id</c>, <c>category</c>, <c>message</c>, <c>trace_id</c> and <c>span_id</c> where a trace
/// runs, the message's own fields and those of the scopes around it (<c>case</c>, <c>act</c>, <c>instance_id</c>, <c>scope</c> ...), and <c>error</c>.
/// </summary>
internal sealed class JsonLines(Clocks clocks) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "watchdog-json";
    private static readonly HashSet<string> Own = ["at", "level", "event", "event_id", "category", "message", "trace_id", "span_id", "error"];

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("at", clocks.Wall.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", logEntry.LogLevel.ToString().ToLowerInvariant());
            json.WriteString("event", logEntry.EventId.Name);
            json.WriteNumber("event_id", logEntry.EventId.Id);
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
            {
                json.WriteString("trace_id", span.TraceId.ToHexString());
                json.WriteString("span_id", span.SpanId.ToHexString());
            }

            var written = new HashSet<string>(Own);
            Fields(json, logEntry.State, written);
            scopeProvider?.ForEachScope((scope, to) => Fields(to.Json, scope, to.Written), (Json: json, Written: written));
            if (logEntry.Exception is { } error)
            {
                json.WriteString("error", error.ToString());
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    // The nearest of a name stands.
    private static void Fields(Utf8JsonWriter json, object? from, HashSet<string> written)
    {
        foreach (var (name, value) in from as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            var key = JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
            if (name == "{OriginalFormat}" || !written.Add(key))
            {
                continue;
            }

            switch (value)
            {
                case null: json.WriteNull(key); break;
                case bool truth: json.WriteBoolean(key, truth); break;
                case int number: json.WriteNumber(key, number); break;
                case long number: json.WriteNumber(key, number); break;
                case double number when double.IsFinite(number): json.WriteNumber(key, number); break;
                default: json.WriteString(key, Convert.ToString(value, CultureInfo.InvariantCulture)); break;
            }
        }
    }
}
