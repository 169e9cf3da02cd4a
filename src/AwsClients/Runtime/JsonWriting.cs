using System.Text.Json;
using Amazon.Runtime;

namespace Amazon.Wire;

/// <summary>Writes members that are set; null is left out, an empty list that was set is written as one.</summary>
internal static class JsonWriting
{
    internal static void Text(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    internal static void Text(this Utf8JsonWriter writer, string name, ConstantClass? value) => writer.Text(name, value?.Value);

    internal static void Number(this Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }

    internal static void Number(this Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WritePropertyName(name);
            Value(writer, number);
        }
    }

    internal static void Flag(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag)
            writer.WriteBoolean(name, flag);
    }

    /// <summary>Seconds since 1970; milliseconds as a fraction, where there are any.</summary>
    internal static void Instant(this Utf8JsonWriter writer, string name, DateTime? value)
    {
        if (value is { } instant)
            writer.WriteNumber(name, Instants.ToEpoch(instant));
    }

    internal static void Texts(this Utf8JsonWriter writer, string name, List<string>? values) =>
        writer.List(name, values, static (w, value) => w.WriteStringValue(value));

    internal static void Numbers(this Utf8JsonWriter writer, string name, List<double>? values) => writer.List(name, values, Value);

    internal static void Objects<T>(this Utf8JsonWriter writer, string name, List<T>? values, Action<Utf8JsonWriter, T> write)
    {
        if (values is null)
            return;
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStartObject();
            write(writer, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    internal static void Object<T>(this Utf8JsonWriter writer, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (value is null)
            return;
        writer.WriteStartObject(name);
        write(writer, value);
        writer.WriteEndObject();
    }

    private static void List<T>(this Utf8JsonWriter writer, string name, List<T>? values, Action<Utf8JsonWriter, T> write)
    {
        if (values is null)
            return;
        writer.WriteStartArray(name);
        foreach (var value in values)
            write(writer, value);
        writer.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }
}
