using Watchdog.Alerts.Notifications;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>
/// PagerDuty, Events API v2: trigger, acknowledge and resolve of one deduplication key. 202 is success; a 400 is dead at once, with what PagerDuty said; 429,
/// 5xx and no answer are tried again.
/// </summary>
public sealed class PagerDutyReceiver(string name, ReceiverOptions options, OutboundHttp http, Clocks clocks) : IReceiver
{
    /// <summary>PagerDuty's own address.</summary>
    public const string Home = "https://events.pagerduty.com";

    /// <summary>The longest event, bytes.</summary>
    public const int MostBytes = 512 * 1024;

    private readonly string routingKey = options.SecretText();
    private readonly Uri url = new(new Uri(options.Url ?? Home), "/v2/enqueue");

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TimeSpan Timeout => options.Timeout;

    /// <inheritdoc/>
    public bool Takes(string kind) => true;

    /// <inheritdoc/>
    public async Task<WebhookAnswer> SendAsync(string kind, Notification notification, string? traceparent, CancellationToken ct)
    {
        var body = Body(kind, notification, routingKey);
        var answer = await Wire.PostAsync(http, url, body, options.AllowPrivateAddresses, options.Timeout, traceparent, null, clocks.Wall.GetUtcNow(), ct);
        return Wire.Told(answer, routingKey);
    }

    /// <inheritdoc/>
    public (Delivery Next, TimeSpan Wait) After(WebhookAnswer answer, int attempts, double jitter) =>
        // Another 2xx is somebody else's page.
        answer.Status is >= 200 and < 300 and not 202 ? SendRules.Again(answer, attempts, jitter) : SendRules.Next(answer, attempts, jitter, 400, 401, 403, 404, 413);

    /// <summary>The event; within PagerDuty's limits whatever the notification holds.</summary>
    public static string Body(string kind, Notification notification, string routingKey) => kind is "resolve" or "acknowledge"
        ? Wire.Json(new { RoutingKey = routingKey, EventAction = kind, DedupKey = Key(notification) })
        : Trimming.Fit(notification, (one, left) => Trigger(one, left, routingKey, Key(notification)), body => Wire.Bytes(body) <= MostBytes);

    private static string Key(Notification notification) => CleanText.Of(notification.DedupKey, 254);

    private static string Trigger(Notification of, LeftOut left, string routingKey, string key) => Wire.Json(new
    {
        RoutingKey = routingKey,
        EventAction = "trigger",
        DedupKey = key,
        Client = "Watchdog",
        ClientUrl = of.Links.Incident,
        Links = Lines.Links(of).Select(link => new { Href = link.Url, Text = link.Name }).ToArray(),
        Payload = new
        {
            Summary = CleanText.Of(of.Title, 1_000),
            Source = CleanText.Of(of.Key.Scope, 255),
            Severity = of.Severity.ToString().ToLowerInvariant(),
            Timestamp = of.FirstSeen.UtcDateTime,
            Component = "watchdog",
            Group = CleanText.Of(of.Key.Scope, 255),
            Class = CleanText.Of($"{of.Key.Kind}/{of.Key.Technique}", 255),
            CustomDetails = new
            {
                of.Title, of.Summary, of.Reason, Size = Lines.Size(of), FirstSeen = Lines.At(of.FirstSeen), LastSeen = Lines.At(of.LastSeen), ByOwner = Lines.Counts(of.ByOwner),
                ByRegion = Lines.Counts(of.ByRegion), ByType = Lines.Counts(of.ByType), Worst = of.Worst.Select(Lines.Member).ToArray(), Others = Lines.Others(of),
                Done = Lines.Done(of), of.NextStep, of.DryRun, of.Failing, LeftOut = left.Told,
            },
        },
    });
}
