using Watchdog.Telemetry;

namespace Watchdog.Reports.Health;

/// <summary>VMs alike for coverage.</summary>
/// <param name="Quick">Screened at each tick, being young or lately changed.</param>
/// <param name="Blind">Of them, those whose last screen had no data.</param>
public sealed record CoverageCell(string Region, short Shard, bool Quick, long Running, long Blind);

/// <summary>Which VMs were judged within twice their own cadence: law 6's coverage, from what is stored a shard, since nothing is stored a VM and sweep.</summary>
public static class CoverageRules
{
    private static readonly TimeSpan QuickLimit = 2 * ScreenCadence.Tick;
    private static readonly TimeSpan QuietLimit = 2 * ScreenCadence.QuietTicks * ScreenCadence.Tick;

    /// <summary>Counts by Region. A VM is judged when its shard's last sweep is recent enough for its cadence, and its data was there.</summary>
    /// <param name="runs">Age of each shard's last sweep; absent: never.</param>
    public static IReadOnlyList<CoverageCount> Count(IEnumerable<CoverageCell> cells, IReadOnlyDictionary<short, TimeSpan> runs) =>
    [
        .. cells.GroupBy(cell => cell.Region).OrderBy(region => region.Key, StringComparer.Ordinal).Select(region => new CoverageCount(
            region.Key, region.Sum(cell => cell.Running),
            region.Where(cell => runs.TryGetValue(cell.Shard, out var age) && age <= (cell.Quick ? QuickLimit : QuietLimit))
                .Sum(cell => cell.Running - cell.Blind))),
    ];
}
