using System.Text.Encodings.Web;
using System.Text.Json;

namespace Watchdog.Http.Api;

/// <summary>How the API writes JSON: snake_case, absent values as null.</summary>
public static class ApiJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Shape { get; } = Set(new JsonSerializerOptions());

    /// <summary>Sets them.</summary>
    public static JsonSerializerOptions Set(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        // It is never shown as a page (nosniff): a plus sign may look like one. Control characters are escaped all the same.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }
}
