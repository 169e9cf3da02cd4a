using Watchdog.Aws;
using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Quotas;

/// <summary>US$ a month by the way in which CPU is read, at us-east-1's list prices (CloudWatch pricing page, price list).</summary>
internal static class FleetCost
{
    private const double PeriodsAMonth = 30 * 24 * 12;
    private const double UsdPerUpdate = 0.003 / 1000;
    private const double FirehoseUsdPerGigabyte = 0.029;
    // One metric as JSON, with its dimensions, measured on what the simulator delivers.
    private const double BytesAnUpdate = 330;

    /// <summary>The ways, in the order of the columns.</summary>
    public static IReadOnlyList<(string Name, Func<int, double> Usd)> Ways { get; } =
    [
        ("every VM each 5 min", vms => vms * PeriodsAMonth * (double)CallMeter.UsdPerMetric),
        ("default cadence", FleetGoals.MonthUsd),
        ("metric stream", vms => vms * PeriodsAMonth * (UsdPerUpdate + (BytesAnUpdate / 1e9 * FirehoseUsdPerGigabyte))),
    ];
}
