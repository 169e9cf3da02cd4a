namespace Watchdog.Sweeps;

/// <summary>This process among the workers.</summary>
/// <param name="Name">Unique in the cluster; leases and runs carry it.</param>
public sealed record WorkerNode(string Name);
