using Watchdog.Alerts.Notifications;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>A program that takes Standard Webhooks: the whole notification, signed, under 20 kB.</summary>
public sealed class WebhookReceiver(string name, ReceiverOptions options, WebhookSender sender, Clocks clocks) : IReceiver, IBoard
{
    /// <summary>The longest message, bytes.</summary>
    public const int MostBytes = 20_000;

    private readonly WebhookTarget target = new(new Uri(options.Url!), StandardWebhook.Of(options.SecretText()), options.AllowPrivateAddresses, options.Timeout);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TimeSpan Timeout => options.Timeout;

    /// <inheritdoc/>
    public bool Takes(string kind) => true;

    /// <inheritdoc/>
    public Task<WebhookAnswer> SendAsync(string kind, Notification notification, string? traceparent, CancellationToken ct) => sender.SendAsync(
        traceparent, target, kind == "acknowledge" ? $"{notification.MessageId}_ack" : notification.MessageId, Body(kind, notification), clocks.Wall.GetUtcNow(), ct);

    /// <inheritdoc/>
    public Task<WebhookAnswer> PostAsync(Bulletin bulletin, string? traceparent, CancellationToken ct) =>
        sender.SendAsync(traceparent, target, bulletin.Id, Body(bulletin), clocks.Wall.GetUtcNow(), ct);

    /// <inheritdoc/>
    public (Delivery Next, TimeSpan Wait) After(WebhookAnswer answer, int attempts, double jitter) => DeliveryRules.Next(answer, attempts, jitter);

    /// <summary>The message: <c>type</c>, <c>timestamp</c>, <c>data</c>, in which the notification lies as <see cref="NotificationJson"/> writes it.</summary>
    public static string Body(string kind, Notification notification) => Trimming.Fit(notification, (one, left) => Wire.Json(new
    {
        Type = $"incident.{kind}", Timestamp = notification.At.UtcDateTime, LeftOut = left.Told, Data = NotificationJson.Element(one),
    }), body => Wire.Bytes(body) < MostBytes);

    /// <summary>A bulletin's message: <c>type</c>, <c>timestamp</c>, <c>data</c> with the text and its figures, which are null where they are too large.</summary>
    public static string Body(Bulletin of) => Wire.Json(new
    {
        of.Type, Timestamp = of.At.UtcDateTime,
        Data = new
        {
            of.Id, Title = CleanText.Of(of.Title, 300), Lines = of.Told(), of.Link, Figures = Wire.Bytes(of.Figures.GetRawText()) < MostBytes / 2 ? of.Figures : (object?)null,
        },
    });
}
