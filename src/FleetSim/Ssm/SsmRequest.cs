using System.Text.Json;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ssm;

/// <summary>Reading members of a JSON 1.1 request.</summary>
internal static class SsmRequest
{
    public static string? Text(this JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static string Need(this JsonElement body, string name) =>
        body.Text(name) ?? throw AwsError.Validation($"1 validation error detected: Value null at '{name}' failed to satisfy constraint: Member must not be null");

    public static bool Flag(this JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static List<string> Texts(this JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.GetString() ?? "")]
            : [];

    /// <summary>Filters under a name, with the words for key and values that the operation uses.</summary>
    public static List<(string Key, List<string> Values)> Filters(this JsonElement body, string name, string key, string values)
    {
        if (!body.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array)
            return [];
        return [.. list.EnumerateArray().Select(f => (f.Text(key) ?? "", f.Texts(values)))];
    }

    /// <summary>A number in [low, high], or the default when it is absent.</summary>
    public static int Number(this JsonElement body, string name, int fallback, int low, int high)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return fallback;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) || number < low || number > high)
        {
            throw AwsError.Validation(
                $"1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: Member must have value between {low} and {high}");
        }

        return number;
    }

    /// <summary>Seconds since 1970 with milliseconds, as JSON 1.1 writes times.</summary>
    public static void WriteTime(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset at) =>
        json.WriteNumber(name, at.ToUnixTimeMilliseconds() / 1000.0);
}
