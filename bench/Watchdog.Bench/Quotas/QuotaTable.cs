using System.Globalization;
using System.Text;
using Watchdog.Aws;

namespace Watchdog.Bench.Quotas;

/// <summary>The figures as tables in Markdown.</summary>
internal static class QuotaTable
{
    // SSM's default quota of managed nodes an account and Region (general reference).
    private const int ManagedNodes = 2_400;
    // Rows of an uptime interval measured in results/slo.md.
    private const int IntervalsAMonth = 4 * 30;

    /// <summary>The page.</summary>
    /// <param name="runs">By fleet size: at half of AWS's rates, and at all of them.</param>
    public static string Of(IReadOnlyList<(QuotaRun Half, QuotaRun Whole)> runs)
    {
        var text = new StringBuilder(
            """
            # One scope against AWS's quotas

            `scripts/bench quotas`: an hour at the default cadence, second by second, against the worker's own token buckets with AWS's default rates. No AWS, no clock: the same
            figures on every machine. A scope is one account in one Region. *Use* is the part of our share of a bucket's refill that is asked for in a usual hour; *wait* the longest in
            its second half; the *first pass* starts from nothing and ends when every VM has been listed and screened once. *Listing* is DescribeInstances by its pages' own time: a second a
            page (assumed), three Availability Zones at once. A minute's work holds when it is done before the next begins.

            | VMs in the scope | listing s | at half: tightest bucket | use | wait s | first pass s | holds | at all: use | first pass s | holds | SSM nodes over the default quota | hours to start all again |
            |---:|---:|---|---:|---:|---:|---|---:|---:|---|---:|---:|

            """);
        foreach (var (half, whole) in runs)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {half.Vms:N0} | {half.Listing:0} | {half.Tightest.Bucket} | {half.Tightest.Use:P0} | {half.Buckets.Max(b => b.Wait):0.0} | {half.FirstPass:0} | {Word(half.Holds)} | {whole.Tightest.Use:P0} | {whole.FirstPass:0} | {Word(whole.Holds)} | {Math.Max(0, half.Vms - ManagedNodes):N0} | {HoursToStart(half.Vms):0.0} |");
        }

        text.Append(
            """

            ## US$ a month and rows

            Reading CPU of the whole fleet, however many scopes it is spread over; prices add up, quotas do not. The intervals are those of the uptime books, four a VM and day.

            | VMs |
            """.TrimEnd());
        text.AppendLine(CultureInfo.InvariantCulture, $" {string.Join(" | ", FleetCost.Ways.Select(way => way.Name))} | stream against each 5 min | stream against the default | intervals a month |");
        text.AppendLine("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var vms in runs.Select(run => run.Half.Vms))
        {
            var usd = FleetCost.Ways.Select(way => way.Usd(vms)).ToArray();
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {vms:N0} | {usd[0]:N0} | {usd[1]:N0} | {usd[2]:N0} | {1 - (usd[2] / usd[0]):P0} less | {1 - (usd[2] / usd[1]):P0} less | {(long)vms * IntervalsAMonth / 1e6:N1} M |");
        }

        return text.AppendLine().AppendLine("![US$ a month and use of the tightest bucket, by fleet size](quotas.svg)").ToString();
    }

    private static string Word(bool holds) => holds ? "yes" : "**no**";

    private static double HoursToStart(int vms)
    {
        var rate = RateTable.Of(RateTable.InstancesOf("ec2:StartInstances"));
        return Math.Max(0, vms - rate.Size) / rate.PerSecond / 3_600;
    }
}
