using Watchdog.Alerts.Notifications;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>One configured place that notifications go to: renders a notification in its own format and sends it, once. The outbox retries.</summary>
public interface IReceiver
{
    /// <summary>Its name in the configuration; the outbox's channel is <c>alerts:</c> and this.</summary>
    string Name { get; }

    /// <summary>After which an attempt has ended, wall time.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Whether it is told of messages of that kind (<c>page update acknowledge resolve</c>).</summary>
    bool Takes(string kind);

    /// <summary>Whether it forgets, so that what it took is told again until it is over.</summary>
    bool Forgets => false;

    /// <summary>Sends.</summary>
    /// <param name="kind">What it is to do with the notification: the notification's own kind, or <c>acknowledge</c>.</param>
    /// <param name="traceparent">The W3C traceparent of what it tells of; null for none.</param>
    /// <returns>What came of it; faults of the network are answers with status 0, never exceptions.</returns>
    Task<WebhookAnswer> SendAsync(string kind, Notification notification, string? traceparent, CancellationToken ct);

    /// <summary>What follows an attempt, by the receiver's own rules.</summary>
    /// <param name="attempts">Attempts so far, this one included.</param>
    /// <param name="jitter">0 to 1.</param>
    (Delivery Next, TimeSpan Wait) After(WebhookAnswer answer, int attempts, double jitter);
}
