using Watchdog.Alerts.Notifications;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>A receiver that also shows messages which are no incidents.</summary>
public interface IBoard
{
    /// <summary>Sends one.</summary>
    /// <returns>What came of it; faults of the network are answers with status 0, never exceptions.</returns>
    Task<WebhookAnswer> PostAsync(Bulletin bulletin, string? traceparent, CancellationToken ct);
}
