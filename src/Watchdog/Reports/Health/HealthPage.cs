using System.Globalization;
using System.Net;
using System.Text;

namespace Watchdog.Reports.Health;

/// <summary>The report for a person: one page without scripts.</summary>
internal static class HealthPage
{
    public static string Of(HealthReport report)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Watchdog: ").Append(Word(report.State))
            .Append("</title></head><body><h1>").Append(Word(report.State)).Append("</h1><dl>");
        Term(page, "worker", $"{report.Node}, version {report.Version}");
        Term(page, "at", Instant(report.At));
        Term(page, report.Ready ? "ready" : "not ready", report.ReadyReason);
        Term(page, "brake", report.Brake is { } why ? $"on: {why}" : "off");
        Term(page, "AWS budget", report.Spending?.Reason ?? "not settled yet");
        Term(page, "leases held here", string.Join(", ", report.Loops.Where(loop => loop.Here).GroupBy(loop => loop.Kind).Select(kind => $"{kind.Count()} {kind.Key}")));
        page.Append("</dl>");
        Table(page, "Workers", ["worker", "state", "why", "version", "seen", "shards", "other leases", "jobs", "clock"], report.Nodes.Select(node => (string[])
            [node.Name, node.State.ToString().ToLowerInvariant(), node.Reason, node.Version, Instant(node.SeenAt), $"{node.Shards}", $"{node.Leases}", $"{node.Jobs}",
                string.Create(CultureInfo.InvariantCulture, $"{node.ClockSkewSeconds:+0.000;-0.000} s")]));
        Table(page, "Loops of the cluster, the worst first", ["loop", "state", "why", "worker", "began", "succeeded"], report.Loops.Select(loop => (string[])
            [loop.Name, Word(loop.State), loop.Reason, loop.Owner, Instant(loop.TakenAt), loop.DoneAt is { } done ? Instant(done) : "never"]));
        return page.Append("</body></html>\n").ToString();
    }

    private static void Table(StringBuilder page, string caption, string[] heads, IEnumerable<string[]> rows)
    {
        page.Append("<table><caption>").Append(caption).Append("</caption><thead><tr>");
        foreach (var head in heads)
        {
            page.Append("<th scope=\"col\">").Append(head).Append("</th>");
        }

        page.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            page.Append("<tr>");
            foreach (var cell in row)
            {
                page.Append("<td>").Append(WebUtility.HtmlEncode(cell)).Append("</td>");
            }

            page.Append("</tr>");
        }

        page.Append("</tbody></table>");
    }

    public static string Word(LoopState state) => state.ToString().ToLowerInvariant();

    private static void Term(StringBuilder page, string name, string value) =>
        page.Append("<dt>").Append(name).Append("</dt><dd>").Append(WebUtility.HtmlEncode(value)).Append("</dd>");

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
