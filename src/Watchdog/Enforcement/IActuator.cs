using Watchdog.Inventory;

namespace Watchdog.Enforcement;

/// <summary>
/// The only port that changes AWS. Each call is one API call without retries: the journal retries, after checking its lease.
/// Errors are <see cref="ActuatorException"/> with a named cause.
/// </summary>
public interface IActuator
{
    /// <summary>Reads VMs as they are now (DescribeInstances by filter: an absent id is absent from the answer).</summary>
    Task<IReadOnlyList<ListedVm>> ReadAsync(Scope scope, IReadOnlyList<string> instanceIds, CancellationToken ct);

    /// <summary>Security groups of a VPC that carry tag <c>watchdog:role</c> with the value.</summary>
    Task<IReadOnlyList<string>> FindGroupsAsync(Scope scope, string vpcId, string role, CancellationToken ct);

    /// <summary>StopInstances for one VM.</summary>
    Task StopAsync(Scope scope, string instanceId, bool force, CancellationToken ct);

    /// <summary>StartInstances for one VM.</summary>
    Task StartAsync(Scope scope, string instanceId, CancellationToken ct);

    /// <summary>Replaces an interface's whole set of groups (ModifyNetworkInterfaceAttribute).</summary>
    Task SetGroupsAsync(Scope scope, string interfaceId, IReadOnlyList<string> groups, CancellationToken ct);

    /// <summary>CreateTags on one VM.</summary>
    Task TagAsync(Scope scope, string instanceId, IReadOnlyDictionary<string, string> tags, CancellationToken ct);

    /// <summary>DeleteTags on one VM; a key whose value differs from the one given is left alone.</summary>
    Task UntagAsync(Scope scope, string instanceId, IReadOnlyDictionary<string, string> tags, CancellationToken ct);
}

/// <summary>Why an AWS change failed, by what to do next (facts: AWS's error classes).</summary>
public enum ActuatorError
{
    /// <summary>Throttled: wait in that lane.</summary>
    Throttled,
    /// <summary>Passing fault, or the answer was lost: re-read, then retry.</summary>
    Transient,
    /// <summary>The target is gone.</summary>
    Gone,
    /// <summary>Wrong state now: re-read, then decide.</summary>
    WrongState,
    /// <summary>A person must mend the set-up (group missing, limit reached).</summary>
    Configuration,
    /// <summary>Not allowed: stop the scope's lane.</summary>
    Denied,
}

/// <summary>An AWS change that did not succeed.</summary>
/// <param name="error">What to do next.</param>
/// <param name="code">AWS's own error code.</param>
/// <param name="message">AWS's message, bounded.</param>
public sealed class ActuatorException(ActuatorError error, string code, string message, Exception? inner = null)
    : Exception($"{code}: {message}", inner)
{
    /// <summary>What to do next.</summary>
    public ActuatorError Error { get; } = error;
    /// <summary>AWS's own error code.</summary>
    public string Code { get; } = code;
}
