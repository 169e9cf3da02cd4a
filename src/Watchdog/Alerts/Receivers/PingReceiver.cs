using System.Text;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>
/// A dead man's switch outside, such as Healthchecks: its URL is called while Watchdog lives. Any 2xx is success but Healthchecks' own <c>OK (not found)</c> and
/// <c>OK (rate limited)</c>, which say that nothing was noted.
/// </summary>
public sealed class PingReceiver(ReceiverOptions options, OutboundHttp http, Clocks clocks) : IPulse
{
    private readonly Uri url = new(options.Url ?? options.SecretText());

    /// <inheritdoc/>
    public TimeSpan Timeout => options.Timeout;

    /// <inheritdoc/>
    public async Task<WebhookAnswer> BeatAsync(DateTimeOffset at, string says, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(says, Encoding.UTF8) };
        return Wire.Told(await http.SendAsync(request, options.AllowPrivateAddresses, options.Timeout, read: true, clocks.Wall.GetUtcNow(), ct), url.AbsoluteUri, url.AbsolutePath);
    }

    /// <inheritdoc/>
    public (Delivery Next, TimeSpan Wait) After(WebhookAnswer answer, int attempts, double jitter) =>
        answer.Status is >= 200 and < 300 && (answer.Body ?? "").TrimStart().StartsWith("OK (", StringComparison.OrdinalIgnoreCase)
            ? SendRules.Again(answer, attempts, jitter) : SendRules.Next(answer, attempts, jitter, 404);
}
