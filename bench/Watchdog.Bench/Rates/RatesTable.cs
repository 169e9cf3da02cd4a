using System.Globalization;
using System.Text;
using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Rates;

/// <summary>The rates as a Markdown page.</summary>
internal static class RatesTable
{
    /// <summary>The page.</summary>
    public static string Write(FleetRun run, RegionCount count)
    {
        var rates = run.Sweeps.Select(sweep => ScreenRate.Of(sweep.Worker, count)).ToList();
        var kept = count.Refused == 0 && rates.All(rate => rate.Least >= 0);
        var text = new StringBuilder();
        Line(text, $"# GetMetricData against its quota, {run.Vms:N0} VMs\n");
        Line(text, $"Reproduce: `scripts/bench rates --vms {run.Vms} --sweeps {run.Sweeps.Count} --rate-share {run.RateShare}`. The worker paces itself by AWS's token buckets at a share of {run.RateShare}, and the simulated Region keeps AWS's buckets of its own and counts what it grants, in another process; the figures are the Region's.\n");
        Line(text, $"{run.Machine.Line(run.LoadBefore, run.LoadAfter)}\n");
        Line(text, $"The quota is **{(kept ? "never exceeded" : "exceeded")}**: the Region's own buckets refused {count.Refused} of {count.Calls.Values.Sum():N0} calls of all actions, and a bucket of 180,000 datapoints, refilled with 180,000 a second, would never have been empty at the moment of a screen's call (least left in the table). A screen's window begins a little more than three hours back, for which AWS allows 396,000 a second; the worker keeps to 180,000 all the same. A full bucket lends a burst: the busiest second has it on top of the refill.\n");
        Line(text, $"| sweep | calls | datapoints | seconds | datapoints a second, mean | of 180,000 | busiest second | least left in the bucket |\n|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var rate in rates)
        {
            Line(text, $"| {rate.Sweep} | {rate.Seconds.Sum(second => second.Calls):N0} | {rate.Seconds.Sum(second => second.Points):N0} | {rate.Seconds.Count} | {rate.Mean:N0} | {rate.Mean / ScreenRate.Quota:P0} | {rate.Busiest:N0} | {rate.Least:N0} |");
        }

        Line(text, $"\n## Second by second, sweep {rates[^1].Sweep}\n\n| second | calls (quota 50) | datapoints | of 180,000 |\n|---:|---:|---:|---:|");
        foreach (var ((calls, points), second) in rates[^1].Seconds.Select((one, second) => (one, second)))
        {
            Line(text, $"| {second + 1} | {calls} | {points:N0} | {points / ScreenRate.Quota:P0} |");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
