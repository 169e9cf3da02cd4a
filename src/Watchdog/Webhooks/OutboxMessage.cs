namespace Watchdog.Webhooks;

/// <summary>A row of <c>outbox</c>.</summary>
/// <param name="Channel">Whose receiver it is for.</param>
/// <param name="MessageId">By which the receiver knows it again: the same in every attempt; written once a channel.</param>
/// <param name="Subject">What it is about: messages of one subject go in their order.</param>
/// <param name="Kind">What it tells; <see cref="Update"/> and <see cref="Beat"/> give way to a later message of their subject.</param>
/// <param name="State"><c>waiting sent dead superseded</c>.</param>
/// <param name="Traceparent">The W3C traceparent of what it tells of, which its sending links to; null where nobody traced.</param>
/// <param name="Status">HTTP's status of the last attempt, 0 without an answer; null before the first.</param>
public sealed record OutboxMessage(
    long Id, string Channel, string MessageId, string Subject, string Kind, string Body, DateTimeOffset CreatedAt, DateTimeOffset DueAt, int Attempts, string State,
    int? Status, string? Detail, DateTimeOffset? DoneAt, string? Traceparent = null)
{
    /// <summary>The kind of a message that shows its subject as it is: pointless once a later one waits.</summary>
    public const string Update = "update";

    /// <summary>The kind of a sign of life: pointless once a later one waits.</summary>
    public const string Beat = "beat";
}
