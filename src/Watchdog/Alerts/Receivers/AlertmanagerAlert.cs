using System.Globalization;
using System.Text.Json;
using Watchdog.Alerts.Notifications;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Receivers;

/// <summary>
/// A notification as an Alertmanager's alert. What it is known by stands in labels and never changes; what changes stands in annotations. A page is an alert of its
/// own by the label <c>page</c>, so that it is told to people again.
/// </summary>
public static class AlertmanagerAlert
{
    /// <summary>The name of the alert that always fires.</summary>
    public const string HeartbeatName = "WatchdogHeartbeat";

    /// <summary>How long an alert stands without being told again: long enough for a worker's restart, short enough not to outlive its cause for long.</summary>
    public static readonly TimeSpan Stands = TimeSpan.FromMinutes(15);

    private const int MostBytes = 64 * 1024;

    /// <summary>The body of the request: one alert.</summary>
    /// <param name="at">Of the sending, wall time: Alertmanager's own clock decides whether an alert has ended.</param>
    public static string Of(Notification of, DateTimeOffset at) => Trimming.Fit(of, (one, left) => Write(one, left, of, at), body => Wire.Bytes(body) <= MostBytes);

    /// <summary>The body that says that Watchdog lives; it ends by itself five minutes later.</summary>
    public static string Heartbeat(DateTimeOffset at, string says) => JsonSerializer.Serialize(new[]
    {
        new
        {
            labels = new Dictionary<string, string> { ["alertname"] = HeartbeatName, ["severity"] = "none", ["source"] = "watchdog" },
            annotations = new Dictionary<string, string> { ["summary"] = "Watchdog lives. Only the absence of this alert is a fault.", ["description"] = says },
            endsAt = Instant(at + TimeSpan.FromMinutes(5)),
        },
    });

    private static string Write(Notification of, LeftOut left, Notification whole, DateTimeOffset at)
    {
        var over = of.Kind == NotificationKind.Resolve;
        var key = whole.Key;
        // Cut alike each time, whatever else is trimmed: another label is another alert.
        var labels = new Dictionary<string, string>
        {
            ["alertname"] = NameOf(key.Kind), ["source"] = "watchdog", ["kind"] = key.Kind, ["technique"] = key.Technique, ["scope"] = key.Scope,
            ["severity"] = of.Severity.ToString().ToLowerInvariant(), ["incident"] = whole.Incident.ToString(CultureInfo.InvariantCulture),
            ["page"] = whole.Generation.ToString(CultureInfo.InvariantCulture),
        }.ToDictionary(label => label.Key, label => CleanText.Of(label.Value, 200));
        Dictionary<string, string?> annotations = new()
        {
            ["summary"] = of.Title, ["region"] = of.Region, ["description"] = of.Summary, ["reason"] = of.Reason, ["size"] = Lines.Size(of), ["by_owner"] = Lines.Counts(of.ByOwner),
            ["by_region"] = Lines.Counts(of.ByRegion), ["by_type"] = Lines.Counts(of.ByType), ["worst"] = string.Join("\n", of.Worst.Select(Lines.Member).Append(Lines.Others(of) ?? "")).Trim(),
            ["done"] = Lines.Done(of), ["next_step"] = of.NextStep, ["first_seen"] = Lines.At(of.FirstSeen), ["last_seen"] = Lines.At(of.LastSeen),
            ["runbook_url"] = of.Links.Runbook, ["dashboard_url"] = of.Links.Dashboard, ["case_url"] = of.Links.Case, ["silence_url"] = of.Links.Silence,
            ["release_url"] = of.Links.Release, ["left_out"] = left.Told,
        };
        // Alertmanager refuses an alert that ends before it starts, and fleet time may be ahead of its clock.
        var ends = over ? at : at + Stands;
        var starts = of.FirstSeen < ends ? of.FirstSeen : ends;
        return JsonSerializer.Serialize(new[]
        {
            new
            {
                labels, annotations = annotations.Where(one => !string.IsNullOrEmpty(one.Value)).ToDictionary(one => one.Key, one => one.Value!), startsAt = Instant(starts),
                endsAt = Instant(ends), generatorURL = of.Links.Incident ?? "",
            },
        });
    }

    /// <summary>The alert's name: <c>WatchdogSloBurn</c> for <c>slo-burn</c>; the runbook has the same.</summary>
    public static string NameOf(string kind) => "Watchdog" + string.Concat(
        kind.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => string.Concat(word[..1].ToUpperInvariant(), word.AsSpan(1))));

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
