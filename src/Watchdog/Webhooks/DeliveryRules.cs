namespace Watchdog.Webhooks;

/// <summary>What follows an attempt.</summary>
public enum Delivery
{
    /// <summary>The receiver has it.</summary>
    Sent,
    /// <summary>It is tried again.</summary>
    Again,
    /// <summary>It was tried often enough, and is kept for a person.</summary>
    Dead,
    /// <summary>The receiver wants nothing any more: the channel is closed until a person opens it.</summary>
    Closed,
    /// <summary>The receiver is not told of such messages.</summary>
    LeftOut,
}

/// <summary>Standard Webhooks' ladder of retries: ten attempts within about three days.</summary>
public static class DeliveryRules
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Decides.</summary>
    /// <param name="attempts">Attempts so far, this one included.</param>
    /// <param name="jitter">0 to 1: up to a fifth is added to the wait, so that receivers do not get a gust.</param>
    /// <returns>What follows, and for <see cref="Delivery.Again"/> after how long.</returns>
    public static (Delivery Next, TimeSpan Wait) Next(WebhookAnswer answer, int attempts, double jitter)
    {
        if (answer.Status is >= 200 and < 300)
        {
            return (Delivery.Sent, TimeSpan.Zero);
        }

        if (answer.Status == 410)
        {
            return (Delivery.Closed, TimeSpan.Zero);
        }

        if (attempts > Waits.Length || answer.Status == WebhookAnswer.Unsendable)
        {
            return (Delivery.Dead, TimeSpan.Zero);
        }

        var wait = Waits[attempts - 1] * (1 + jitter / 5);
        return (Delivery.Again, Later(wait, answer.RetryAfter));
    }

    /// <summary>The longer of a wait and what the receiver asked for, of that a day at most.</summary>
    public static TimeSpan Later(TimeSpan wait, TimeSpan? asked)
    {
        var bounded = asked is { } after && after < Longest ? after : asked is null ? TimeSpan.Zero : Longest;
        return bounded > wait ? bounded : wait;
    }
}
