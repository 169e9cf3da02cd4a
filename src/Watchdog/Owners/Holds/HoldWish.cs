using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using static System.FormattableString;

namespace Watchdog.Owners.Holds;

/// <summary>A hold as somebody asks for it.</summary>
public sealed partial record HoldWish(DateTimeOffset Until, string Reason)
{
    /// <summary>Characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Reads the JSON of a request; what is wrong with it in a sentence, where something is.</summary>
    public static (HoldWish? Wish, string? Wrong) Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            return json.RootElement.ValueKind != JsonValueKind.Object ? (null, "The body is no JSON object.")
                : Text(json.RootElement, "until") is not { } until ? (null, "'until' is missing: an instant such as 2026-01-31T12:00:00Z.")
                : At(until) is not { } at ? (null, "'until' is no instant of ISO 8601 with Z or an offset, such as 2026-01-31T12:00:00Z.")
                : Text(json.RootElement, "reason") is not { } reason ? (null, "'reason' is missing: why the VM is kept, in a sentence.")
                : (new(at, reason), null);
        }
        catch (JsonException)
        {
            return (null, "The body is no JSON.");
        }
    }

    /// <summary>Why it cannot be granted, in a sentence; null when it can. Pure.</summary>
    public string? Refusal(TimeSpan longest, DateTimeOffset now) =>
        string.IsNullOrWhiteSpace(Reason) ? "'reason' is empty: why the VM is kept, in a sentence."
        : Reason.Length > LongestReason ? Invariant($"'reason' is longer than {LongestReason} characters.")
        : Reason.Any(char.IsControl) ? "'reason' holds control characters."
        : Until <= now ? Invariant($"'until' has passed: it is {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
        : Until > now + longest ? Invariant($"'until' is further than {longest.TotalDays:0.##} days; what is to last longer is renewed.")
        : null;

    private static string? Text(JsonElement said, string key) => said.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? At(string text) =>
        Instant().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    // Without an offset it would mean the server's zone, or nobody's.
    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Instant();
}
