using Watchdog.IdleShutdown.Savings;

namespace Watchdog.Cli.Idle;

/// <summary>What idle stops saved, as JSON; its names are a contract. Hours are VM-hours within [Since, Until), not rounded; dollars are US$ on demand.</summary>
internal sealed record IdleReportJson(
    DateTimeOffset Since, DateTimeOffset Until, IdleReportJson.PricesJson Prices, SavingsRow Total, string By, IReadOnlyList<SavingsRow> Groups,
    IReadOnlyList<UnpricedType> WithoutPrice, int Withdrawn, int Failed, IReadOnlyList<KeptBy> KeptNow, IReadOnlyList<HeldBy> WaitingNow)
{
    public static IdleReportJson Of(SavingsSum sum, NotStopped not, PriceList prices) => new(
        sum.Since, sum.Until, new(prices.Version, prices.Regions.ToDictionary(region => region.Key, region => region.Value.Date)), sum.Total,
        sum.By.ToString().ToLowerInvariant(), sum.Rows, sum.Unpriced, not.Withdrawn, not.Failed, not.Kept, not.Waiting);

    /// <summary>Regions: the day for which each one's prices held.</summary>
    internal sealed record PricesJson(string Version, IReadOnlyDictionary<string, DateOnly> Regions);
}
