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
        page.Append("</dl><table><caption>Loops of the cluster, the worst first</caption><thead><tr>");
        foreach (var head in (string[])["loop", "state", "why", "worker", "began", "succeeded"])
        {
            page.Append("<th scope=\"col\">").Append(head).Append("</th>");
        }

        page.Append("</tr></thead><tbody>");
        foreach (var loop in report.Loops)
        {
            page.Append("<tr>");
            foreach (var cell in (string[])[loop.Name, Word(loop.State), loop.Reason, loop.Owner, Instant(loop.TakenAt), loop.DoneAt is { } done ? Instant(done) : "never"])
            {
                page.Append("<td>").Append(WebUtility.HtmlEncode(cell)).Append("</td>");
            }

            page.Append("</tr>");
        }

        return page.Append("</tbody></table></body></html>\n").ToString();
    }

    public static string Word(LoopState state) => state.ToString().ToLowerInvariant();

    private static void Term(StringBuilder page, string name, string value) =>
        page.Append("<dt>").Append(name).Append("</dt><dd>").Append(WebUtility.HtmlEncode(value)).Append("</dd>");

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
