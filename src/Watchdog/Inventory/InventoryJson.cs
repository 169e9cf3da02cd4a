using System.Text.Json.Serialization;

namespace Watchdog.Inventory;

[JsonSerializable(typeof(SortedDictionary<string, string>))]
[JsonSerializable(typeof(TransitionEvent))]
[JsonSerializable(typeof(ListedEvent))]
[JsonSerializable(typeof(StatusEvent))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class InventoryJson : JsonSerializerContext;

/// <summary>Event <c>vm.transition</c>.</summary>
internal sealed record TransitionEvent(string Scope, string? From, string To, DateTimeOffset At, string? Reason);

/// <summary>
/// Events <c>inventory.shrunk</c>: a complete listing held less than half of the known VMs; <c>inventory.whole</c>: the first one that is believed after that, or after
/// one that failed.
/// </summary>
internal sealed record ListedEvent(int Listed, int Known);

/// <summary>Event <c>vm.status</c>: a VM's status checks changed; the three are null when they pass again. Events are what AWS has announced for it.</summary>
internal sealed record StatusEvent(
    string Scope, string? Instance, string? System, string? Ebs, DateTimeOffset? ImpairedSince, IReadOnlyList<ScheduledEvent> Events);
