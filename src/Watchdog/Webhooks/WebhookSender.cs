using System.Globalization;
using System.Net;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using Watchdog.Diagnostics;

namespace Watchdog.Webhooks;

/// <summary>Where messages go and how.</summary>
/// <param name="Private">Whether addresses that are not public are allowed.</param>
/// <param name="Timeout">Of one attempt, wall time.</param>
public sealed record WebhookTarget(Uri Url, StandardWebhook Signer, bool Private, TimeSpan Timeout);

/// <summary>What an attempt came to.</summary>
/// <param name="Status">HTTP's status; 0: no answer came.</param>
/// <param name="RetryAfter">How long the receiver asks to wait; null: it does not say.</param>
/// <param name="Detail">In a few words; never from the answer's body.</param>
public sealed record WebhookAnswer(int Status, TimeSpan? RetryAfter, string Detail);

/// <summary>
/// Sends one signed message. Follows no redirect, keeps no cookie, uses no proxy, reads no body; connects only to addresses that it has checked itself,
/// so that a name cannot answer differently the second time.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private readonly HttpClient open = Create(publicOnly: false);
    private readonly HttpClient guarded = Create(publicOnly: true);

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

        request.Headers.UserAgent.ParseAdd("watchdog");
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(ct);
        soon.CancelAfter(target.Timeout);
        try
        {
            using var answer = await (target.Private ? open : guarded).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, soon.Token);
            var wait = answer.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - at : null;
            return new((int)answer.StatusCode, wait, $"HTTP {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(0, null, $"no answer within {target.Timeout.TotalSeconds:0} s");
        }
        catch (HttpRequestException fault)
        {
            return new(0, null, fault.GetBaseException().Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        open.Dispose();
        guarded.Dispose();
    }

    private static HttpClient Create(bool publicOnly) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16,
        // The header is set above, and baggage is nobody's business.
        ActivityHeadersPropagator = null,
        ConnectCallback = async (context, ct) =>
        {
            var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
            IPAddress[] allowed = [.. found.Where(address => !publicOnly || PublicAddresses.Includes(address))];
            if (allowed.Length == 0)
            {
                throw new HttpRequestException("the receiver's name has no public address: refused");
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    }) { Timeout = Timeout.InfiniteTimeSpan };
}
