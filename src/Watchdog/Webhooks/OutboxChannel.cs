namespace Watchdog.Webhooks;

/// <summary>A receiver as the outbox sees it.</summary>
/// <param name="Name">The outbox's channel.</param>
/// <param name="Timeout">After which an attempt has ended, wall time; a claim outlives it.</param>
/// <param name="SendAsync">Sends a message once, under the traceparent given; what goes wrong is an answer, not an exception.</param>
/// <param name="After">What follows an answer, after so many attempts, with a jitter of 0 to 1.</param>
public sealed record OutboxChannel(
    string Name, TimeSpan Timeout, Func<OutboxMessage, string?, CancellationToken, Task<WebhookAnswer>> SendAsync,
    Func<WebhookAnswer, int, double, (Delivery Next, TimeSpan Wait)> After)
{
    /// <summary>Whether the receiver is told of such messages at all; by default of every one.</summary>
    public Func<OutboxMessage, bool> Takes { get; init; } = _ => true;

    /// <summary>The key under which a message that was taken is told again until it is over; null, the default: the receiver remembers by itself.</summary>
    public Func<OutboxMessage, string?> Standing { get; init; } = _ => null;
}
