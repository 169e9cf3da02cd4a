using System.Text.Json;
using Watchdog.Detectors.Facts;
using Watchdog.Inventory;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.History;

/// <summary>Reads the events <c>vm.status</c> and <c>vm.agent</c>. What an older version wrote lacks fields, which are then unknown or none.</summary>
internal static class HealthJson
{
    /// <summary>A reading of the checks; without any they all pass.</summary>
    public static CheckFact Check(long id, DateTimeOffset at, string json)
    {
        using var document = JsonDocument.Parse(json);
        var data = document.RootElement;
        return new(id, at, State(data, "instance"), State(data, "system"), State(data, "ebs"), Instant(data, "impaired_since"), Events(data));
    }

    /// <summary>What SSM said of the agent.</summary>
    public static AgentFact Agent(long id, DateTimeOffset at, string json)
    {
        using var document = JsonDocument.Parse(json);
        var data = document.RootElement;
        return new(id, Instant(data, "since") ?? at, Text(data, "agent") switch
        {
            "reached" => AgentSeen.Reached,
            "silent" => AgentSeen.Silent,
            _ => AgentSeen.Unknown,
        });
    }

    private static CheckState State(JsonElement data, string name) => Text(data, name) is { } text ? ImpairmentStore.StateOf(text) : CheckState.Ok;

    private static IReadOnlyList<AnnouncedEvent> Events(JsonElement data) =>
        !data.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Array ? []
            : [.. events.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object)
                .Select(e => new AnnouncedEvent(Text(e, "code") ?? "", Instant(e, "not_before"), Instant(e, "not_after")))];

    private static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Instant(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var at) ? at.ToUniversalTime() : null;
}
