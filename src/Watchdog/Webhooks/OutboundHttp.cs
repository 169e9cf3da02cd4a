using System.Net;
using System.Net.Sockets;

namespace Watchdog.Webhooks;

/// <summary>
/// Sends one request to a receiver. Follows no redirect, keeps no cookie, uses no proxy; connects only to addresses that it has checked itself, so that a
/// name cannot answer differently the second time.
/// </summary>
public sealed class OutboundHttp : IDisposable
{
    /// <summary>Of an answer's body no more is read.</summary>
    public const int LongestBody = 2_000;

    private readonly HttpClient open = Create(publicOnly: false);
    private readonly HttpClient guarded = Create(publicOnly: true);

    /// <summary>Sends; what goes wrong on the way is an answer with status 0.</summary>
    /// <param name="anywhere">Whether addresses that are not public are allowed.</param>
    /// <param name="timeout">Of the attempt, wall time.</param>
    /// <param name="read">Whether the beginning of the answer's body is wanted.</param>
    /// <param name="at">This attempt's instant, wall time, against which a <c>Retry-After</c> with a date counts.</param>
    public async Task<WebhookAnswer> SendAsync(HttpRequestMessage request, bool anywhere, TimeSpan timeout, bool read, DateTimeOffset at, CancellationToken ct)
    {
        request.Headers.UserAgent.ParseAdd("watchdog");
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(ct);
        soon.CancelAfter(timeout);
        try
        {
            using var answer = await (anywhere ? open : guarded).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, soon.Token);
            var wait = answer.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - at : null;
            return new((int)answer.StatusCode, wait, $"HTTP {(int)answer.StatusCode}", read ? await BeginningAsync(answer, soon.Token) : null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(0, null, $"no answer within {timeout.TotalSeconds:0} s");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
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

    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(ct);
        using var reader = new StreamReader(stream);
        var text = new char[LongestBody];
        return new string(text, 0, await reader.ReadBlockAsync(text.AsMemory(), ct));
    }

    private static HttpClient Create(bool publicOnly) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16,
        // The header is the sender's to set, and baggage is nobody's business.
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
