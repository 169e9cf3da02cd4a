using Watchdog.Inventory;

namespace Watchdog.Telemetry;

/// <summary>
/// The look inside a VM: SSM's inspection document and the serial console. Nothing waits here: a command is sent in one call and
/// read in later ones.
/// </summary>
public interface IGuestProbe
{
    /// <summary>Agents' states of the VMs; an id that SSM does not know is <see cref="AgentState.Unmanaged"/>.</summary>
    Task<IReadOnlyDictionary<string, AgentStatus>> AgentsAsync(Scope scope, IReadOnlyList<string> instanceIds, CancellationToken ct);

    /// <summary>
    /// Sends the inspection document to the VMs (batches of 50). The result names, for each VM, the command id, or why none was
    /// sent.
    /// </summary>
    Task<IReadOnlyDictionary<string, SentCommand>> SendAsync(Scope scope, IReadOnlyList<string> instanceIds, string comment, CancellationToken ct);

    /// <summary>Reads one VM's invocation.</summary>
    Task<Invocation> ReadAsync(Scope scope, string commandId, string instanceId, CancellationToken ct);

    /// <summary>The latest console text (at most 64 kB of its end), or null when EC2 has none.</summary>
    Task<string?> ConsoleAsync(Scope scope, string instanceId, CancellationToken ct);
}

/// <summary>What SSM says of an agent.</summary>
public enum AgentState
{
    /// <summary>Could not be asked.</summary>
    Unknown,
    /// <summary>Pings.</summary>
    Online,
    /// <summary>Stopped pinging.</summary>
    ConnectionLost,
    /// <summary>SSM does not manage this VM.</summary>
    Unmanaged,
}

/// <summary>An agent's state and its last ping, when known.</summary>
public sealed record AgentStatus(AgentState State, DateTimeOffset? LastPing);

/// <summary>A sent command: its id, or the reason why it was not sent.</summary>
public sealed record SentCommand(string? CommandId, string? Refusal);

/// <summary>How an invocation stands.</summary>
public enum InvocationState
{
    /// <summary>Not finished, or not yet visible.</summary>
    Pending,
    /// <summary>Finished; <see cref="Invocation.Output"/> is set.</summary>
    Done,
    /// <summary>The agent never took it.</summary>
    DeliveryTimedOut,
    /// <summary>The script did not end in time.</summary>
    ExecutionTimedOut,
    /// <summary>The script failed or was cancelled.</summary>
    Failed,
}

/// <summary>One VM's invocation; <paramref name="Output"/> is hostile text, at most 24,000 characters.</summary>
/// <param name="StartedAt">When the agent took it, by AWS's clock; null before that, and where AWS does not say.</param>
public sealed record Invocation(InvocationState State, string? Output, string? Detail, DateTimeOffset? StartedAt = null);
