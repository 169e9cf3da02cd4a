namespace Watchdog.IdleShutdown.Savings;

/// <summary>Prices of running VMs, as one file states them. A type that it does not name has no price: none is guessed.</summary>
/// <param name="Version">The file's name for itself, e.g. a date.</param>
/// <param name="Regions">By Region.</param>
public sealed record PriceList(string Version, IReadOnlyDictionary<string, RegionPrices> Regions)
{
    /// <summary>US$ for an hour of a running VM; null where the file does not say.</summary>
    public decimal? Of(string region, string instanceType) =>
        Regions.TryGetValue(region, out var prices) && prices.UsdPerHour.TryGetValue(instanceType, out var usd) ? usd : null;
}

/// <summary>One Region's prices.</summary>
/// <param name="Date">The day for which they held.</param>
/// <param name="Source">Where they come from.</param>
/// <param name="UsdPerHour">US$ an hour on demand, by instance type.</param>
public sealed record RegionPrices(DateOnly Date, string Source, IReadOnlyDictionary<string, decimal> UsdPerHour);
