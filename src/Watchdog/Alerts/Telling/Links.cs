using System.Globalization;
using Watchdog.Alerts.Notifications;

namespace Watchdog.Alerts.Telling;

/// <summary>Fills the configured URLs in. Every value is escaped: none can lead elsewhere. Pure.</summary>
public static class Links
{
    /// <summary>Before the first and after the last news, so that a dashboard shows what led there.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromHours(1);

    /// <summary>An incident's links.</summary>
    /// <param name="caseId">The worst case; null where it has none.</param>
    public static IncidentLinks Of(AlertLinkOptions options, IncidentState incident, string? region, long? caseId, DateTimeOffset first, DateTimeOffset last)
    {
        var kind = KindTable.Of(incident.Key.Kind);
        (string, string)[] names =
        [
            ("incident", Number(incident.Id)), ("kind", incident.Key.Kind), ("technique", incident.Key.Technique), ("scope", incident.Key.Scope), ("region", region ?? ""),
            ("runbook", kind.Runbook), ("board", kind.Board), ("from", Number((first - Around).ToUnixTimeMilliseconds())), ("to", Number((last + Around).ToUnixTimeMilliseconds())),
            ("case", caseId is { } id ? Number(id) : ""),
        ];
        return new(
            Fill(options.Incident, names), caseId is null ? null : Fill(options.Case, names), Fill(options.Runbook, names), Fill(options.Dashboard, names),
            Fill(options.Silence, names), caseId is null ? null : Fill(options.Release, names));
    }

    /// <summary>A case's page; null where none is configured.</summary>
    public static string? OfCase(AlertLinkOptions options, long? caseId) => caseId is { } id ? Fill(options.Case, [("case", Number(id))]) : null;

    /// <summary>A day's report; null where none is configured.</summary>
    /// <param name="day"><c>2026-03-02</c>.</param>
    public static string? OfReport(AlertLinkOptions options, string day) => Fill(options.Report, [("day", day)]);

    private static string? Fill(string? template, IEnumerable<(string Name, string Value)> names) => string.IsNullOrWhiteSpace(template) ? null
        : names.Aggregate(template, (text, one) => text.Replace($"{{{one.Name}}}", Uri.EscapeDataString(one.Value), StringComparison.Ordinal));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
