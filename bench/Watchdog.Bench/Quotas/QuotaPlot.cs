using System.Globalization;
using Watchdog.Bench.Plots;

namespace Watchdog.Bench.Quotas;

/// <summary>Two panels over the fleet's size: what it costs, and how much of one scope's tightest bucket it uses.</summary>
internal static class QuotaPlot
{
    public static string Of(IReadOnlyList<int> sizes) => LogPlot.Of(sizes,
    [
        new("US$ a month to read CPU", 10, 1_000_000, [.. FleetCost.Ways.Select(way => (way.Name, way.Usd))], value => string.Create(CultureInfo.InvariantCulture, $"$ {value:N0}")),
        new("use of one scope's tightest bucket", 0.001, 10,
            [("half of AWS's rates", vms => QuotaSimulation.Run(vms, 0.5).Tightest.Use), ("all of them", vms => QuotaSimulation.Run(vms, 1).Tightest.Use)],
            value => value.ToString("P1", CultureInfo.InvariantCulture)),
    ]);
}
