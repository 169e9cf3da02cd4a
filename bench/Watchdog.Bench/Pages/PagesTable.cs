using System.Globalization;
using System.Text;

namespace Watchdog.Bench.Pages;

/// <summary>Shares of a core, while browsers looked.</summary>
internal sealed record Cpu(double Server, double Postgres);

/// <summary>The result as a table.</summary>
internal static class PagesTable
{
    public static string Of(
        int cases, int reviewers, int seconds, TimeSpan warm, TimeSpan changes, IReadOnlyList<Seen> seen, IReadOnlyList<double> heard, Cpu used, double goal)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Pages

            `scripts/bench pages`: {reviewers} reviewers, {cases:N0} open cases and as many closed ones, {seconds} s after {warm.TotalSeconds:0} s of warming; each looks at the queue with changing filters, at a case
            and at a form, a second for each, and listens for changes, which come every {changes.TotalSeconds:0} s and let each browser ask for its queue anew within two seconds. The browsers are a process
            of their own; they, the server and Postgres share {Environment.ProcessorCount} cores. Server time is the server's own figure (header Server-Timing). The machine's load average of the last minute was
            {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the end.

            | page | requests | not 200 | server p50, ms | p90 | p99 | total p99, ms | bytes, median |
            |---|---|---|---|---|---|---|---|

            """);
        foreach (var of in seen.GroupBy(one => one.Page).OrderBy(of => of.Key, StringComparer.Ordinal).Append(seen.GroupBy(_ => "all").Single()))
        {
            double[] server = [.. of.Select(one => one.ServerMs)];
            text.Append(CultureInfo.InvariantCulture,
                $"| {of.Key} | {of.Count():N0} | {of.Count(one => one.Status != 200)} | {Quantile(server, 0.5):0.0} | {Quantile(server, 0.9):0.0} | {Quantile(server, 0.99):0.0} | {Quantile([.. of.Select(one => one.TotalMs)], 0.99):0.0} | {Quantile([.. of.Select(one => (double)one.Bytes)], 0.5):N0} |\n");
        }

        return text.Append(CultureInfo.InvariantCulture,
            $"""

            Goal: server time p99 under {goal:0} ms. {seen.Count / (double)seconds:0} requests a second, for which the server took {used.Server * 100:0} % of a core and Postgres {used.Postgres * 100:0} %:
            {used.Server * 1000 * seconds / seen.Count:0.0} and {used.Postgres * 1000 * seconds / seen.Count:0.0} ms of CPU a request. A change was heard after {Quantile([.. heard], 0.5):0} ms (p50) and {Quantile([.. heard], 0.99):0} ms (p99); the listener looks each second.

            """).ToString();
    }

    public static double Quantile(double[] values, double share)
    {
        Array.Sort(values);
        return values.Length == 0 ? double.NaN : values[(int)Math.Min(values.Length - 1, share * values.Length)];
    }
}
