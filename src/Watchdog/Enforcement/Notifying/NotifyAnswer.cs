using System.Text;
using System.Text.Json;

namespace Watchdog.Enforcement.Notifying;

/// <summary>What the notifying document printed (docs/ssm/notify-output.md).</summary>
public static class NotifyAnswer
{
    /// <summary>Longest text that is looked at; the document prints under 300 characters.</summary>
    public const int MaxLength = 1_024;
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 2 };

    /// <summary>
    /// Whether the guest says that it told what it was asked to, by this act: a text that its owner may have written. Whoever makes his VM say so has not
    /// been told, and knows it. Never throws.
    /// </summary>
    public static bool Told(string? text, GuestMessage asked, Guid operation)
    {
        if (text is null || text.Length > MaxLength)
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), Bounded);
            var said = json.RootElement;
            return said.ValueKind == JsonValueKind.Object && Is(said, "operation", operation.ToString()) && Is(said, "code", asked.Code) && Is(said, "state", "told")
                && said.TryGetProperty("end", out var end) && end.ValueKind == JsonValueKind.True;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Is(JsonElement said, string key, string value) =>
        said.TryGetProperty(key, out var found) && found.ValueKind == JsonValueKind.String && found.ValueEquals(value);
}
