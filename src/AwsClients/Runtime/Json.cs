using System.Text;
using System.Text.Json;

namespace Amazon.Wire;

/// <summary>Reads the value of the property that the reader stands on into its target; false when the property is not known.</summary>
internal delegate bool JsonMember<in T>(ref Utf8JsonReader reader, T target);

/// <summary>
/// The moves of a JSON reader. Each but <see cref="Fill"/> begins on a property's name and ends on the last token of its value.
/// JSON null reads as null everywhere.
/// </summary>
internal static class Json
{
    /// <summary>Begins on the object's opening brace, ends on the closing one.</summary>
    internal static T Fill<T>(ref Utf8JsonReader reader, T target, JsonMember<T> member)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"Expected an object, found {reader.TokenType}.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!member(ref reader, target))
            {
                reader.Read();
                reader.Skip();
            }
        }

        return target;
    }

    internal static T? Object<T>(ref Utf8JsonReader reader, JsonMember<T> member)
        where T : class, new()
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : Fill(ref reader, new T(), member);
    }

    internal static List<T>? Objects<T>(ref Utf8JsonReader reader, JsonMember<T> member)
        where T : class, new()
    {
        if (!Opens(ref reader))
            return null;
        var list = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Add(Fill(ref reader, new T(), member));
        return list;
    }

    internal static List<string>? Texts(ref Utf8JsonReader reader)
    {
        if (!Opens(ref reader))
            return null;
        var list = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Add(TextValue(ref reader) ?? throw new JsonException("A list of strings holds null."));
        return list;
    }

    internal static List<double>? Doubles(ref Utf8JsonReader reader)
    {
        if (!Opens(ref reader))
            return null;
        var list = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Add(DoubleValue(ref reader));
        return list;
    }

    internal static List<DateTime>? Instants(ref Utf8JsonReader reader)
    {
        if (!Opens(ref reader))
            return null;
        var list = new List<DateTime>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Add(InstantValue(ref reader));
        return list;
    }

    internal static Dictionary<string, List<string>>? TextLists(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        return Fill(ref reader, new Dictionary<string, List<string>>(), static (ref r, map) =>
        {
            var key = r.GetString()!;
            map[key] = Texts(ref r) ?? [];
            return true;
        });
    }

    internal static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return TextValue(ref reader);
    }

    internal static int? Int(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();
    }

    internal static bool? Flag(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetBoolean();
    }

    internal static DateTime? Instant(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : InstantValue(ref reader);
    }

    private static bool Opens(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => false,
            JsonTokenType.StartArray => true,
            var other => throw new JsonException($"Expected an array, found {other}."),
        };
    }

    /// <summary>
    /// Text that is no text (half a surrogate pair, bytes that are not UTF-8) comes as it stands in the document, with replacement
    /// characters: a guest must not be able to make the answer about its neighbours unreadable.
    /// </summary>
    private static string? TextValue(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException) when (reader.TokenType == JsonTokenType.String)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>AWS writes what JSON numbers cannot say as a string: NaN, Infinity, -Infinity.</summary>
    private static double DoubleValue(ref Utf8JsonReader reader) => reader.TokenType != JsonTokenType.String
        ? reader.GetDouble()
        : reader.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var other => throw new FormatException($"'{other}' is not a number."),
        };

    /// <summary>Seconds since 1970 by the protocol; some emulators answer in ISO 8601.</summary>
    private static DateTime InstantValue(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? Wire.Instants.Parse(reader.GetString()!)
        : Wire.Instants.FromEpoch(reader.GetDouble());
}
