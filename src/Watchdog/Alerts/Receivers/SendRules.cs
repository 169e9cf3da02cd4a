using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>The ladder of retries towards those who wake people: quick at first, then each five minutes for three days.</summary>
public static class SendRules
{
    private static readonly TimeSpan[] First =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    private static readonly TimeSpan Then = TimeSpan.FromMinutes(5);
    private static readonly int Most = First.Length + (int)(TimeSpan.FromDays(3) / Then);

    /// <summary>Decides by the status alone: 2xx is success, 410 closes, a status among the refusals is a message that no repeat will mend, all else is tried again.</summary>
    /// <param name="refusals">Statuses by which the receiver says that the message, or the address, is wrong in itself.</param>
    public static (Delivery Next, TimeSpan Wait) Next(WebhookAnswer answer, int attempts, double jitter, params ReadOnlySpan<int> refusals) => answer.Status switch
    {
        >= 200 and < 300 => (Delivery.Sent, TimeSpan.Zero),
        410 => (Delivery.Closed, TimeSpan.Zero),
        WebhookAnswer.Unsendable => (Delivery.Dead, TimeSpan.Zero),
        var status when refusals.Contains(status) => (Delivery.Dead, TimeSpan.Zero),
        _ => Again(answer, attempts, jitter),
    };

    /// <summary>The next attempt, or the end of them.</summary>
    public static (Delivery Next, TimeSpan Wait) Again(WebhookAnswer answer, int attempts, double jitter)
    {
        if (attempts > Most)
        {
            return (Delivery.Dead, TimeSpan.Zero);
        }

        var wait = attempts <= First.Length ? First[attempts - 1] : Then;
        // Limits on the rate of events count by the minute.
        var least = answer.Status == 429 && wait < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : wait;
        return (Delivery.Again, DeliveryRules.Later(least * (1 + jitter / 5), answer.RetryAfter));
    }
}
