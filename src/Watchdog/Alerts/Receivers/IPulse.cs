using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>A receiver that is told that Watchdog lives, and raises the alarm by itself when that stays away.</summary>
public interface IPulse
{
    /// <summary>After which an attempt has ended, wall time.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Tells it.</summary>
    /// <param name="at">When Watchdog was found alive, wall time.</param>
    /// <param name="says">What was found, in a sentence.</param>
    Task<WebhookAnswer> BeatAsync(DateTimeOffset at, string says, CancellationToken ct);

    /// <summary>What follows an attempt.</summary>
    (Delivery Next, TimeSpan Wait) After(WebhookAnswer answer, int attempts, double jitter);
}
