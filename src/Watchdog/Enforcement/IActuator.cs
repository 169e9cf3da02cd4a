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

    /// <summary>
    /// What DescribeInstances does not show of a VM: its protections, its Elastic IP addresses, its profile's association. Several reads;
    /// an answer that leaves one of them out is an error, never a default.
    /// </summary>
    Task<VmGuards> ReadGuardsAsync(Scope scope, string instanceId, CancellationToken ct);

    /// <summary>One StopInstances call for 1 to 1,000 VMs. One bad id fails the whole call, and then none was stopped: the caller bisects.</summary>
    /// <param name="force">Without waiting for the guest: for a stop that hangs.</param>
    Task StopAsync(Scope scope, IReadOnlyList<string> instanceIds, bool force, CancellationToken ct);

    /// <summary>
    /// StopInstances with Hibernate for one VM. Where the VM cannot be hibernated EC2 refuses, by code <c>UnsupportedHibernationConfiguration</c> or
    /// <c>UnsupportedOperation</c>, and it goes on running.
    /// </summary>
    Task HibernateAsync(Scope scope, string instanceId, CancellationToken ct);

    /// <summary>StartInstances for one VM.</summary>
    Task StartAsync(Scope scope, string instanceId, CancellationToken ct);

    /// <summary>RebootInstances for one VM: it shows in no state.</summary>
    Task RebootAsync(Scope scope, string instanceId, CancellationToken ct);

    /// <summary>Replaces an interface's whole set of groups (ModifyNetworkInterfaceAttribute).</summary>
    Task SetGroupsAsync(Scope scope, string interfaceId, IReadOnlyList<string> groups, CancellationToken ct);

    /// <summary>Takes the tokens of calls to <see cref="SetReservedGroupsAsync"/> before the first of them, and waits until they are there.</summary>
    Task ReserveGroupChangesAsync(Scope scope, int calls, CancellationToken ct);

    /// <summary><see cref="SetGroupsAsync"/> whose token was taken before: it waits for none.</summary>
    Task SetReservedGroupsAsync(Scope scope, string interfaceId, IReadOnlyList<string> groups, CancellationToken ct);

    /// <summary>
    /// The same call as a dry run: returns when AWS would allow it. EC2 says so of the permission, not of everything that the call itself
    /// would check.
    /// </summary>
    Task CheckGroupsAsync(Scope scope, string interfaceId, IReadOnlyList<string> groups, CancellationToken ct);

    /// <summary>Sets or lifts the protection from termination through the API.</summary>
    Task SetTerminationProtectionAsync(Scope scope, string instanceId, bool on, CancellationToken ct);

    /// <summary>Sets or lifts the protection from StopInstances.</summary>
    Task SetStopProtectionAsync(Scope scope, string instanceId, bool on, CancellationToken ct);

    /// <summary>What a shutdown from inside the guest does.</summary>
    /// <param name="behaviour"><c>stop</c> or <c>terminate</c>.</param>
    Task SetShutdownBehaviourAsync(Scope scope, string instanceId, string behaviour, CancellationToken ct);

    /// <summary>Takes an Elastic IP address off. <see cref="ActuatorError.WrongState"/> when that association has ended.</summary>
    Task DisassociateAddressAsync(Scope scope, string associationId, CancellationToken ct);

    /// <summary>
    /// Puts an Elastic IP address on an interface's private address; idempotent there. <see cref="ActuatorError.WrongState"/> when
    /// something else has the address by now: it is never taken away.
    /// </summary>
    Task AssociateAddressAsync(Scope scope, string allocationId, string interfaceId, string privateIp, CancellationToken ct);

    /// <summary>
    /// Puts another instance profile in the place of the one that is associated; the association's id changes.
    /// <see cref="ActuatorError.WrongState"/> when that association is no more.
    /// </summary>
    Task ReplaceProfileAsync(Scope scope, string associationId, string profileArn, CancellationToken ct);

    /// <summary>
    /// Begins a snapshot of each of the VM's volumes, with tag <c>watchdog:operation</c>. AWS has no token against a second call: ask
    /// <see cref="FindSnapshotsAsync"/> before a repetition.
    /// </summary>
    Task SnapshotAsync(Scope scope, string instanceId, Guid operationId, string description, CancellationToken ct);

    /// <summary>Ids of the snapshots that an operation began, as far as DescribeSnapshots shows them yet.</summary>
    Task<IReadOnlyList<string>> FindSnapshotsAsync(Scope scope, Guid operationId, CancellationToken ct);

    /// <summary>A JPEG of the console, which the guest draws (hostile); null where the type has none or none is to be had now.</summary>
    Task<byte[]?> ScreenshotAsync(Scope scope, string instanceId, CancellationToken ct);

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
