using Watchdog.Detectors.Facts;

namespace Watchdog.Inventory;

/// <summary>A VM whose status checks do not all pass, or whose checks AWS cannot tell; VMs that are not listed passed.</summary>
/// <param name="InstanceId">EC2's id.</param>
/// <param name="Status">The three checks and since when.</param>
/// <param name="Events">What AWS plans to do to it, by code and time.</param>
public sealed record ListedStatus(string InstanceId, StatusFacts Status, IReadOnlyList<ScheduledEvent> Events);
