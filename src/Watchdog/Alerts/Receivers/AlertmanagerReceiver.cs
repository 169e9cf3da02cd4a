using Watchdog.Alerts.Notifications;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>
/// Prometheus Alertmanager, API v2: every peer is told; one that takes it is enough, since peers tell each other, and those that did not are named. Alerts end
/// by themselves, so that what is open is told again each minute, and what is over for five.
/// </summary>
public sealed class AlertmanagerReceiver(string name, ReceiverOptions options, OutboundHttp http, Clocks clocks) : IReceiver, IPulse
{
    private readonly string? authorization = options.SecretText() is { Length: > 0 } secret ? secret : null;
    private readonly Uri[] peers = [.. ReceiverSettingsValidator.Words(options.Url).Select(peer => new Uri(peer.TrimEnd('/') + "/api/v2/alerts"))];

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc cref="IReceiver.Timeout"/>
    public TimeSpan Timeout => options.Timeout;

    /// <inheritdoc/>
    public bool Forgets => true;

    /// <inheritdoc/>
    public bool Takes(string kind) => kind is "page" or "update" or "resolve";

    /// <inheritdoc/>
    public Task<WebhookAnswer> SendAsync(string kind, Notification notification, string? traceparent, CancellationToken ct) =>
        ToAllAsync(AlertmanagerAlert.Of(notification, clocks.Wall.GetUtcNow()), traceparent, ct);

    /// <inheritdoc/>
    public Task<WebhookAnswer> BeatAsync(DateTimeOffset at, string says, CancellationToken ct) => ToAllAsync(AlertmanagerAlert.Heartbeat(at, says), null, ct);

    /// <inheritdoc cref="IReceiver.After"/>
    public (Delivery Next, TimeSpan Wait) After(WebhookAnswer answer, int attempts, double jitter) => SendRules.Next(answer, attempts, jitter, 400, 401, 403, 404, 413);

    private async Task<WebhookAnswer> ToAllAsync(string body, string? traceparent, CancellationToken ct)
    {
        var at = clocks.Wall.GetUtcNow();
        // An Alertmanager stands beside the worker: its address is the operator's and seldom public.
        var answers = await Task.WhenAll(peers.Select(async peer =>
            (Peer: peer, Answer: Proven(await Wire.PostAsync(http, peer, body, anywhere: true, options.Timeout, traceparent, authorization, at, ct)))));
        return Whole([.. answers.Select(one => (one.Peer.Authority, Wire.Told(one.Answer, authorization)))]);
    }

    /// <summary>What the peers' answers come to: the best of them, with those named that did not take it.</summary>
    public static WebhookAnswer Whole(IReadOnlyList<(string Peer, WebhookAnswer Answer)> answers)
    {
        var missed = answers.Where(one => one.Answer.Status is < 200 or >= 300).ToList();
        var told = string.Join("; ", missed.Select(one => $"{one.Peer}: {one.Answer.Detail}"));
        return missed.Count < answers.Count
            ? new(200, null, missed.Count == 0 ? "HTTP 200" : $"HTTP 200 of {answers.Count - missed.Count}; not of {told}")
            // One that may still take it counts for more than one that refuses.
            : missed.Select(one => one.Answer).OrderBy(one => one.Status is 0 or 429 or >= 500 ? 0 : 1).First() with { Detail = answers.Count == 1 ? missed[0].Answer.Detail : told };
    }

    // Alertmanager answers with nothing; a body is a page of whatever stands before it.
    private static WebhookAnswer Proven(WebhookAnswer answer) => answer is { Status: >= 200 and < 300, Body.Length: > 0 }
        ? answer with { Status = 0, Detail = $"HTTP {answer.Status} with a body, which is not Alertmanager's" } : answer;
}
