using System.Text.Json.Serialization;

namespace Watchdog.Telemetry.Agents;

[JsonSerializable(typeof(AgentEvent))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class AgentJson : JsonSerializerContext;

/// <summary>Event <c>vm.agent</c>: what is known of a VM's agent changed.</summary>
/// <param name="Agent"><c>reached</c>, <c>silent</c> or <c>unknown</c>.</param>
/// <param name="Since">From when on it holds, up to a quarter of an hour before it was noticed.</param>
internal sealed record AgentEvent(string Scope, string Agent, DateTimeOffset Since);
