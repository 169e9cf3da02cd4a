using Microsoft.Extensions.Options;
using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Savings;

namespace Watchdog.Alerts.Telling;

/// <summary>The file of prices that idle reports use too; read once, checked at start.</summary>
public sealed class Prices(IOptions<IdleShutdownOptions> options)
{
    private readonly Lazy<PriceList?> list = new(() => PriceFile.Read(options.Value.PricesPath).Prices);

    /// <summary>US$ for an hour of a running VM; null where the file does not say.</summary>
    public decimal? Of(string region, string instanceType) => list.Value?.Of(region, instanceType);
}
