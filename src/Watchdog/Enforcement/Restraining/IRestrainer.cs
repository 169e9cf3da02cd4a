using Watchdog.Inventory;

namespace Watchdog.Enforcement.Restraining;

/// <summary>
/// Sends the one document that changes something inside a guest. One call without retries: what it asks for is idempotent, and the journal
/// repeats it.
/// </summary>
public interface IRestrainer
{
    /// <summary>Sends it to one VM.</summary>
    /// <param name="scope">The VM's scope.</param>
    /// <param name="instanceId">The VM.</param>
    /// <param name="what">The process, and what is to become of it.</param>
    /// <param name="operation">Names the act in the guest's answer and in SSM's logs.</param>
    /// <returns>The command's id, by which its answer is read.</returns>
    /// <exception cref="ActuatorException">SSM did not take it: WrongState where no agent answers, Configuration where the document is not the pinned one.</exception>
    Task<string> SendAsync(Scope scope, string instanceId, Restraint what, Guid operation, CancellationToken ct);
}
