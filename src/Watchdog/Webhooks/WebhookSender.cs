using System.Globalization;
using System.Net.Mime;
using System.Text;
using Watchdog.Diagnostics;

namespace Watchdog.Webhooks;

/// <summary>Where messages go and how.</summary>
/// <param name="Private">Whether addresses that are not public are allowed.</param>
/// <param name="Timeout">Of one attempt, wall time.</param>
public sealed record WebhookTarget(Uri Url, StandardWebhook Signer, bool Private, TimeSpan Timeout);

/// <summary>Sends one signed message of Standard Webhooks; reads no answer's body.</summary>
public sealed class WebhookSender(OutboundHttp http)
{
    /// <summary>Sends, in the trace that runs.</summary>
    /// <param name="id">The header <c>webhook-id</c>: the same in every attempt, by which receivers know a message again.</param>
    /// <param name="at">This attempt's instant, wall time.</param>
    public Task<WebhookAnswer> SendAsync(WebhookTarget target, string id, string body, DateTimeOffset at, CancellationToken ct) =>
        SendAsync(Spans.Traceparent, target, id, body, at, ct);

    /// <summary>Sends.</summary>
    /// <param name="traceparent">The header of that name, by W3C; null for none.</param>
    public async Task<WebhookAnswer> SendAsync(string? traceparent, WebhookTarget target, string id, string body, DateTimeOffset at, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json) };
        var seconds = at.ToUnixTimeSeconds();
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", target.Signer.Sign(id, seconds, body));
        if (traceparent is not null)
        {
            request.Headers.Add("traceparent", traceparent);
        }

        return await http.SendAsync(request, target.Private, target.Timeout, read: false, at, ct);
    }
}
