using System.Globalization;
using System.Text;
using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Soak;

/// <summary>A soak as a Markdown page: the verdict with its rule, then every fifth sweep.</summary>
internal static class SoakTable
{
    private const double Mebi = 1 << 20;
    private const int Each = 5;

    /// <summary>The page.</summary>
    public static string Write(FleetRun run)
    {
        var sweeps = run.Sweeps.Select(sweep => sweep.Worker).ToList();
        (string What, MemoryTrend Trend)[] trends =
        [
            ("peak RSS of a sweep", MemoryTrend.Of([.. sweeps.Select(sweep => sweep.PeakRss / Mebi)])),
            ("RSS after it", MemoryTrend.Of([.. sweeps.Select(sweep => sweep.Rss / Mebi)])),
            ("live heap at the last full collection", MemoryTrend.Of([.. sweeps.Select(sweep => sweep.Live / Mebi)])),
        ];
        var text = new StringBuilder();
        Line(text, $"# {sweeps.Count} sweeps of {run.Vms:N0} simulated VMs by one worker\n");
        Line(text, $"Reproduce: `scripts/bench soak --vms {run.Vms} --sweeps {sweeps.Count} --rate-share {run.RateShare}`. The processes of `scripts/bench fleet`; a sweep is a whole pass and what runs beside it (resting VMs, gauges, another listing, the uptime books). {Pace(run)} No collection is forced.\n");
        Line(text, $"{run.Machine.Line(run.LoadBefore, run.LoadAfter)}\n");
        Line(text, $"Memory is **{(trends.All(trend => trend.Trend.Flat) ? "flat" : "not flat")}**. The rule: of each figure the largest of the last ten sweeps is at most {MemoryTrend.Tolerance:P0} above the largest of sweeps 6 to 15. The last column is a straight line's gain through all sweeps from the sixth on.\n");
        Line(text, $"| MiB | sweeps 6 to 15, largest | last ten, largest | change | flat | gain a sweep |\n|---|---:|---:|---:|---|---:|");
        foreach (var (what, trend) in trends)
        {
            Line(text, $"| {what} | {trend.Early:F1} | {trend.Late:F1} | {(trend.Late / trend.Early) - 1:+0.0 %;-0.0 %} | {(trend.Flat ? "yes" : "**no**")} | {trend.PerSweep:+0.00;-0.00} |");
        }

        Line(text, $"\n| sweep | peak RSS MiB | RSS after MiB | live heap MiB | allocated MiB | wall s | CPU s | Postgres CPU s | judged | unknown | failures |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var sweep in sweeps.Where(sweep => sweep.Sweep == 1 || sweep.Sweep % Each == 0))
        {
            Line(text, $"| {sweep.Sweep} | {sweep.PeakRss / Mebi:F1} | {sweep.Rss / Mebi:F1} | {sweep.Live / Mebi:F1} | {sweep.Total.Allocated / Mebi:N0} | {sweep.Total.Wall:F1} | {sweep.Total.Cpu:F1} | {sweep.Total.Postgres:F1} | {sweep.Judged:N0} | {sweep.Unknown:N0} | {sweep.Failures} |");
        }

        return text.ToString();
    }

    private static string Pace(FleetRun run) => run.RateShare == FleetWorker.Unpaced
        ? "The worker does not pace itself, so that one sweep follows the other."
        : $"The worker paces itself by AWS's token buckets at a share of {run.RateShare}.";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
