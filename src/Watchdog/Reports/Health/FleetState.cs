namespace Watchdog.Reports.Health;

/// <summary>What the database says about the fleet at an instant, small enough to be read by every worker.</summary>
/// <param name="At">When it was counted, wall time.</param>
/// <param name="OldestRun">The oldest of the shards' last sweeps, as an age in fleet seconds at <paramref name="At"/>; null while a shard was never swept.</param>
public sealed record FleetState(
    DateTimeOffset At, IReadOnlyList<VmCount> Vms, IReadOnlyList<CoverageCount> Coverage, double? OldestRun, IReadOnlyList<CaseCount> Cases,
    IReadOnlyList<OutboxCount> Outbox, bool BrakeOn);

/// <summary>VMs of a state in a Region.</summary>
public sealed record VmCount(string Region, string State, long Vms);

/// <summary>Running VMs of a Region, and those of them that were judged within twice their own cadence.</summary>
public sealed record CoverageCount(string Region, long Running, long Judged);

/// <summary>Cases that are not closed, by state.</summary>
public sealed record CaseCount(string State, long Cases);

/// <summary>Messages that wait for a receiver, since when the oldest does (null where none waits), and those that were given up.</summary>
public sealed record OutboxCount(string Receiver, long Pending, DateTimeOffset? Oldest, long Dead = 0);
