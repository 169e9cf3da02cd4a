namespace Watchdog.Inventory;

/// <summary>Where VMs are listed. One implementation speaks to EC2; tests use their own.</summary>
public interface IFleetSource
{
    /// <summary>
    /// Lists the managed VMs of a scope, page by page. A listing that ends without an exception was complete; one that throws was
    /// not, and its pages say nothing about the VMs that they lack (DESIGN law 2).
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<ListedVm>> ListAsync(Scope scope, CancellationToken ct);

    /// <summary>
    /// Lists the VMs whose instance, system or EBS check is impaired, initializing or insufficient-data. EC2 joins filters by
    /// AND, so each is asked for separately; a result means that all were answered.
    /// </summary>
    Task<IReadOnlyList<ListedStatus>> ListStatusAsync(Scope scope, CancellationToken ct);
}
