using Watchdog.Inventory;

namespace Watchdog.Enforcement.Plans;

/// <summary>A VM as it was just read, as far as an act needs to know it.</summary>
/// <param name="Vm">What DescribeInstances shows.</param>
/// <param name="Guards">Protections, addresses and profile; null when nobody asked for them.</param>
public sealed record VmView(ListedVm Vm, VmGuards? Guards = null);
