using Watchdog.Alerts.Notifications;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>
/// A Slack incoming webhook. It cannot change what it posted, so it is told of pages and ends and not of updates in between. <c>ok</c> is success; another
/// body under a 200 is a failure.
/// </summary>
public sealed class SlackReceiver(string name, ReceiverOptions options, OutboundHttp http, Clocks clocks) : IReceiver, IBoard
{
    private readonly Uri url = new(options.Url ?? options.SecretText());

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TimeSpan Timeout => options.Timeout;

    /// <inheritdoc/>
    public bool Takes(string kind) => kind is "page" or "resolve";

    /// <inheritdoc/>
    public Task<WebhookAnswer> SendAsync(string kind, Notification notification, string? traceparent, CancellationToken ct) => PostAsync(SlackMessage.Of(kind, notification), ct);

    /// <inheritdoc/>
    public Task<WebhookAnswer> PostAsync(Bulletin bulletin, string? traceparent, CancellationToken ct) => PostAsync(SlackBulletin.Of(bulletin), ct);

    /// <inheritdoc/>
    public (Delivery Next, TimeSpan Wait) After(WebhookAnswer answer, int attempts, double jitter) =>
        answer.Status is >= 200 and < 300 && answer.Body?.Trim() != "ok" ? SendRules.Again(answer, attempts, jitter)
            // 403 and 404: the webhook, its app or its channel is gone or forbidden; 410: the channel is archived.
            : SendRules.Next(answer, attempts, jitter, 400, 403, 404, 413);

    private async Task<WebhookAnswer> PostAsync(string body, CancellationToken ct) =>
        Wire.Told(await Wire.PostAsync(http, url, body, options.AllowPrivateAddresses, options.Timeout, null, null, clocks.Wall.GetUtcNow(), ct), url.AbsoluteUri, url.AbsolutePath);
}
