using Watchdog.Inventory;

namespace Watchdog.Enforcement.Notifying;

/// <summary>Sends the one document that tells the people inside a guest something. One call without retries.</summary>
public interface INotifier
{
    /// <summary>Sends it to one VM.</summary>
    /// <param name="scope">The VM's scope.</param>
    /// <param name="instanceId">The VM.</param>
    /// <param name="what">Which text, with which number.</param>
    /// <param name="operation">Names the act in the guest's answer and in SSM's logs.</param>
    /// <returns>The command's id, by which its answer is read.</returns>
    /// <exception cref="ActuatorException">SSM did not take it: WrongState where no agent answers, Configuration where the document is not the pinned one.</exception>
    Task<string> SendAsync(Scope scope, string instanceId, GuestMessage what, Guid operation, CancellationToken ct);
}
