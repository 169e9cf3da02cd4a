using System.Globalization;
using System.Text;
using System.Text.Json;
using Watchdog.Bench.Pages;

namespace Watchdog.Bench.Plans;

/// <summary>The result as a table: pages, the slowest first.</summary>
internal static class PlansTable
{
    private const double Slow = 20;

    public static string Of(LedgerSizes sizes, IReadOnlyList<PagePlans> pages)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Plans

            `scripts/bench plans`: every page and read of the API, asked for one after another over {sizes.Vms:N0} VMs, {sizes.Open:N0} open and {sizes.Closed:N0} closed cases, {sizes.Audit + (5L * sizes.Cases):N0} audit
            lines, {sizes.Events + (3L * sizes.Cases):N0} events. The statements are those that the pages really send, as Postgres's module auto_explain tells them, with prepared statements in use. *Server* is the
            median of five askings (header Server-Timing) while every statement is explained, which costs; *slowest* is that statement's time in Postgres, planning apart; *reads most* is the node of its plan that read
            the most rows. `--only NAME` asks for some, `--plans FOLDER` keeps the plans, `--data FOLDER` keeps the database. The machine's load average of the last minute was {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the end.

            | page | server, ms | statements | in Postgres, ms | slowest, ms | reads most |
            |---|---|---|---|---|---|

            """);
        foreach (var page in pages.OrderByDescending(page => page.Told.Sum(one => one.Ms)))
        {
            var slowest = page.Told.MaxBy(one => one.Ms);
            text.Append(CultureInfo.InvariantCulture,
                $"| {page.Name}{(page.Status == 200 ? "" : $" (answered {page.Status})")} | {page.Ms:0.0} | {page.Told.Count} | {page.Told.Sum(one => one.Ms):0.0} | {slowest?.Ms ?? 0:0.0} | {(slowest is null ? "" : Widest(slowest))} |\n");
        }

        var slow = pages.Count(page => page.Told.Any(one => one.Ms > Slow));
        return text.Append(CultureInfo.InvariantCulture, $"\nGoal: no statement over {Slow:0} ms. Pages with such a statement: {slow} of {pages.Count}.\n").ToString();
    }

    private static string Widest(ToldPlan told)
    {
        using var plan = JsonDocument.Parse(told.Json);
        var (name, rows) = Nodes(plan.RootElement.GetProperty("Plan")).MaxBy(node => node.Rows);
        return FormattableString.Invariant($"{name}, {rows:N0} rows");
    }

    private static IEnumerable<(string Name, double Rows)> Nodes(JsonElement node)
    {
        var of = node.TryGetProperty("Index Name", out var index) ? index.GetString() : node.TryGetProperty("Relation Name", out var relation) ? relation.GetString() : null;
        var (loops, rows) = (Number("Actual Loops"), Number("Actual Rows") + Number("Rows Removed by Filter") + Number("Rows Removed by Join Filter"));
        yield return ($"{node.GetProperty("Node Type").GetString()}{(of is null ? "" : $" {of}")}", loops * rows);
        foreach (var below in node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().SelectMany(Nodes) : [])
        {
            yield return below;
        }

        double Number(string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
    }
}
