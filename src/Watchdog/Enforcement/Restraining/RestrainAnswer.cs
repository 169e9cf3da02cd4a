using System.Text;
using System.Text.Json;
using Watchdog.Inventory;

namespace Watchdog.Enforcement.Restraining;

/// <summary>What the restraining document printed (docs/ssm/restrain-output.md).</summary>
/// <param name="State">One of its states.</param>
/// <param name="Why">A reason, in one line of at most 200 characters; may be empty.</param>
/// <param name="UpSeconds">The guest's uptime.</param>
/// <param name="UsedTicks">CPU time of the process, hundredths of a second; null where it was not there.</param>
/// <param name="Limit">The limit as read back; empty where there is no cgroup.</param>
/// <param name="Processes">Processes under the limit; null where there is no cgroup.</param>
/// <param name="Outside">Processes of the crowd that escaped it.</param>
public sealed record RestrainAnswer(string State, string Why, double UpSeconds, long? UsedTicks, string Limit, int? Processes, int Outside)
{
    /// <summary>Longest text that is looked at; the document prints under 1,500 characters.</summary>
    public const int MaxLength = 4_096;
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 3 };
    private static readonly string[] States = ["capped", "ended", "lifted", "gone", "changed", "unsupported", "refused"];

    /// <summary>
    /// Reads a text that the guest's owner may have written: null where it is no answer, or one to another question (another act, action, process).
    /// Never throws.
    /// </summary>
    public static RestrainAnswer? Parse(string? text, Restraint asked, Guid operation)
    {
        if (text is null || text.Length > MaxLength)
        {
            return null;
        }

        try
        {
            // By way of bytes: halves of surrogates are replaced there.
            using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), Bounded);
            return json.RootElement is { ValueKind: JsonValueKind.Object } said ? Read(said, asked, operation) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static RestrainAnswer? Read(JsonElement said, Restraint asked, Guid operation)
    {
        var answers = Number(said, "v") == 1 && Text(said, "operation", 64) == operation.ToString() && Text(said, "action", 8) == asked.Action
            && Number(said, "pid") == asked.Pid && Number(said, "start") == asked.StartTicks && said.TryGetProperty("end", out var end) && end.ValueKind == JsonValueKind.True;
        if (!answers || Text(said, "state", 16) is not { } state || !States.Contains(state) || Number(said, "up") is not (>= 0 and <= 1e10 and var up))
        {
            return null;
        }

        return new(
            state, Text(said, "why", 200) ?? "", up, Number(said, "used") is >= 0 and <= 1e15 and var used ? (long)used : null, Text(said, "cpu", 40) ?? "",
            Count(said, "procs"), Count(said, "outside") ?? 0);
    }

    private static double? Number(JsonElement said, string key) =>
        said.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    private static int? Count(JsonElement said, string key) => Number(said, key) is >= 0 and <= 10_000_000 and var number ? (int)number : null;

    private static string? Text(JsonElement said, string key, int most) =>
        said.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? BoundedText.Line(value.GetString() ?? "", most) : null;
}
