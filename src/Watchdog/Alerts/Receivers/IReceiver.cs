using Watchdog.Alerts.Notifications;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>One configured place that notifications go to: renders a notification in its own format and sends it, once. The outbox retries.</summary>
public interface IReceiver
{
    /// <summary>Its name in the configuration; the outbox's channel is <c>alerts:</c> and this.</summary>
    string Name { get; }

    /// <summary>Sends.</summary>
    /// <param name="traceparent">The W3C traceparent of what it tells of; null for none.</param>
    /// <returns>What came of it; faults of the network are answers with status 0, never exceptions.</returns>
    Task<WebhookAnswer> SendAsync(Notification notification, string? traceparent, CancellationToken ct);

    /// <summary>What follows an attempt, by the receiver's own rules.</summary>
    /// <param name="attempts">Attempts so far, this one included.</param>
    /// <param name="jitter">0 to 1.</param>
    (Delivery Next, TimeSpan Wait) After(WebhookAnswer answer, int attempts, double jitter);
}
