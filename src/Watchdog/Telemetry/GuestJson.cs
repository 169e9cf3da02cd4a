using System.Text.Json;
using Watchdog.Inventory;

namespace Watchdog.Telemetry;

/// <summary>Defensive reads of single JSON values: a value of the wrong type or out of its range is absent.</summary>
internal static class GuestJson
{
    private const int MaxCount = 10_000_000;
    private const long MaxTicks = 1_000_000_000_000_000;

    public delegate void Field(string key, ref Utf8JsonReader value);

    /// <summary>The number, or NaN.</summary>
    public static double Number(ref Utf8JsonReader reader, double min, double max) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && number >= min && number <= max ? number : double.NaN;

    /// <summary>The count, 0 to ten million, or null.</summary>
    public static int? Count(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number is >= 0 and <= MaxCount ? number : null;

    /// <summary>Clock ticks since boot, 1 to 10^15, or null.</summary>
    public static long? Ticks(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number is >= 1 and <= MaxTicks ? number : null;

    /// <summary>The flag, or null.</summary>
    public static bool? Flag(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    /// <summary>The text in one line, cut; empty when it is none.</summary>
    public static string Text(ref Utf8JsonReader reader, int max) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? BoundedText.Line(reader.GetString() ?? "", max) : "";

    /// <summary>Moves to the end of the value that the reader stands on; false when the text ends inside it.</summary>
    public static bool Leave(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return true;
        }

        var depth = reader.CurrentDepth;
        while (reader.Read())
        {
            if (reader.CurrentDepth == depth)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads an object's fields; false when the text ends inside it. A value that is no object has no fields.</summary>
    public static bool Fields(ref Utf8JsonReader reader, Field field)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return Leave(ref reader);
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return true;
            }

            var key = Text(ref reader, 16);
            if (!reader.Read())
            {
                return false;
            }

            field(key, ref reader);
            if (!Leave(ref reader))
            {
                return false;
            }
        }

        return false;
    }
}
