using System.Text.Json;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Receivers;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Sending;

/// <summary>Receivers as the outbox sees them.</summary>
public static class AlertChannels
{
    /// <summary>What every channel's name begins with.</summary>
    public const string Prefix = "alerts:";

    /// <summary>The subject of signs of life.</summary>
    public const string Life = "life";

    /// <summary>A receiver's channel.</summary>
    /// <param name="receiver">Null: it is told of no incidents.</param>
    /// <param name="pulse">Null: it is told of no life.</param>
    public static OutboxChannel Of(string name, IReceiver? receiver, IPulse? pulse) => new(
        Prefix + name, receiver?.Timeout ?? pulse!.Timeout, (message, traceparent, ct) => SendAsync(receiver, pulse, message, traceparent, ct),
        (answer, attempts, jitter) => receiver?.After(answer, attempts, jitter) ?? pulse!.After(answer, attempts, jitter))
    {
        Takes = message => message.Kind switch
        {
            OutboxMessage.Beat => pulse is not null,
            Bulletin.Kind => receiver is IBoard,
            _ => receiver?.Takes(message.Kind) == true,
        },
        Standing = message => receiver is { Forgets: true } && message.Kind is not (OutboxMessage.Beat or Bulletin.Kind) ? NotificationJson.Read(message.Body).DedupKey : null,
    };

    private static async Task<WebhookAnswer> SendAsync(IReceiver? receiver, IPulse? pulse, OutboxMessage message, string? traceparent, CancellationToken ct)
    {
        if (message.Kind == OutboxMessage.Beat)
        {
            return await pulse!.BeatAsync(message.CreatedAt, message.Body, ct);
        }

        try
        {
            return message.Kind == Bulletin.Kind ? await ((IBoard)receiver!).PostAsync(NotificationJson.ReadBulletin(message.Body), traceparent, ct)
                : await receiver!.SendAsync(message.Kind, NotificationJson.Read(message.Body), traceparent, ct);
        }
        catch (Exception wrong) when (wrong is JsonException or NullReferenceException or ArgumentException or InvalidOperationException)
        {
            // A message that cannot be read or rendered must not end the worker, nor hold up those behind it: it is kept as dead.
            return new(WebhookAnswer.Unsendable, null, $"the message is no notification: {wrong.Message}");
        }
    }
}
