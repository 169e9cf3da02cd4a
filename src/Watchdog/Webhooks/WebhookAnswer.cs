namespace Watchdog.Webhooks;

/// <summary>What an attempt came to.</summary>
/// <param name="Status">HTTP's status; 0: no answer came; <see cref="Unsendable"/>.</param>
/// <param name="RetryAfter">How long the receiver asks to wait; null: it does not say.</param>
/// <param name="Detail">In a few words, for people; of the answer's body only what a receiver's own rules take from it.</param>
/// <param name="Body">The beginning of the answer's body where the receiver reads it, 2,000 characters at most; else null.</param>
public sealed record WebhookAnswer(int Status, TimeSpan? RetryAfter, string Detail, string? Body = null)
{
    /// <summary>The status of a message that cannot be sent by anybody: nothing went out, and nothing ever will.</summary>
    public const int Unsendable = -1;
}
