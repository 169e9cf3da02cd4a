using System.Collections;

namespace Watchdog.Diagnostics.Logging;

/// <summary>An event as it may be written: its message and its fields without secrets.</summary>
internal sealed class GuardedLine : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly IReadOnlyList<KeyValuePair<string, object?>> fields;

    private GuardedLine(string message, Exception? exception, IReadOnlyList<KeyValuePair<string, object?>> fields) =>
        (Message, Exception, this.fields) = (message, exception, fields);

    public string Message { get; }

    /// <summary>As it was thrown, where its text may be written; else one that says its type and what may be.</summary>
    public Exception? Exception { get; }

    public int Count => fields.Count;

    public KeyValuePair<string, object?> this[int index] => fields[index];

    /// <param name="unwritten">Events of this kind that were not written since the last one.</param>
    public static GuardedLine Of(object? state, Exception? exception, string message, int unwritten)
    {
        var told = Redaction.Of(message);
        List<KeyValuePair<string, object?>> fields = [];
        foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
        {
            fields.Add(new(name, value is null or IFormattable ? value : Redaction.Of(value.ToString() ?? "")));
        }

        if (unwritten > 0)
        {
            told = $"{told} ({unwritten} more like it were not written)";
            fields.Add(new("unwritten", unwritten));
        }

        return new GuardedLine(told, Told(exception), fields);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Message;

    private static Exception? Told(Exception? exception)
    {
        if (exception?.ToString() is not { } text)
        {
            return null;
        }

        var redacted = Redaction.Of(text);
        return redacted == text ? exception : new RedactedException(redacted);
    }

    private sealed class RedactedException(string text) : Exception(text)
    {
        public override string ToString() => Message;
    }
}
