using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.State;

/// <summary>What is restrained inside a guest at an instant. A restart ends every restraint, as it ends the process.</summary>
internal static class RestraintViews
{
    /// <summary>The restraint in force; null when there is none.</summary>
    public static Restraint? RestraintAt(this RegionState region, int index, DateTimeOffset at) =>
        region.Changed(index)?.Restraints.TryAt(at, out var found) == true && found is not null
            && region.RunningSince(index, at) is { } since && since <= found.Since ? found : null;
}
