namespace Watchdog.FleetSim.State;

/// <summary>Which VMs a listing looks at, in the order of their index: of those that are asked for by name, nobody else's cost grows with the fleet.</summary>
internal static class NamedVms
{
    /// <summary>The VMs from an index on.</summary>
    /// <param name="ids">Instance ids; null for all VMs. One that is nobody's is left out.</param>
    public static IEnumerable<int> Listed(this RegionState region, IReadOnlyList<string>? ids, int start) =>
        ids is null ? Enumerable.Range(start, Math.Max(0, region.Vms.Count - start))
        : ids.Select(region.IndexOf).OfType<int>().Where(index => index >= start).Distinct().Order();
}
