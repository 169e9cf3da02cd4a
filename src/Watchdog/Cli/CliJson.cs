using System.Text.Encodings.Web;
using System.Text.Json;

namespace Watchdog.Cli;

/// <summary>How commands write JSON: snake_case, one indented document. Control characters of guests are escaped by JSON itself.</summary>
internal static class CliJson
{
    private static readonly JsonSerializerOptions Shape = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        // Standard output is no web page: a plus sign may look like one.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The value as one document.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Shape);
}
