using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchdog.Detection;

/// <summary>
/// How Detection writes what it knew into jsonb: camel case, enums by name, absent numbers as the text <c>NaN</c> (JSON has none).
/// </summary>
public static class FrozenJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes a value; Postgres refuses U+0000 in jsonb, and guests may say it, so it becomes U+FFFD.</summary>
    public static string Write<T>(T value) =>
        JsonSerializer.Serialize(value, Options).Replace("\\u0000", "\\uFFFD", StringComparison.Ordinal);

    /// <summary>Reads what an earlier version or this one wrote; null when it cannot be read.</summary>
    public static T? Read<T>(string json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
