using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Watchdog.Diagnostics;

namespace Watchdog.Http.Access.Oidc;

/// <summary>
/// What the issuer tells of itself: its endpoints and the keys that it signs with. Read when first asked for, anew each half day, and at once, yet not more often than
/// each half minute, when a token is signed by a key that is not known.
/// </summary>
public sealed class OidcIssuer(IOptions<AccessOptions> options, Clocks clocks) : IDisposable
{
    private const int MostBytes = 1024 * 1024;
    private static readonly TimeSpan Keep = TimeSpan.FromHours(12);
    private static readonly TimeSpan LeastBetween = TimeSpan.FromSeconds(30);
    // An issuer that did not answer is let be for so long: who comes meanwhile is told at once, and does not stand in a line of time-outs.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim one = new(1);
    private readonly Lazy<HttpClient> http = new(() => new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), AutomaticDecompression = DecompressionMethods.All,
    })
    {
        Timeout = TimeSpan.FromSeconds(options.Value.Oidc.TimeoutSeconds), MaxResponseContentBufferSize = MostBytes,
    });
    private Reading? latest;
    private (OidcException Why, DateTimeOffset At)? failure;

    /// <summary>The client for the issuer's endpoints: bounded in time and size, following no redirect.</summary>
    internal HttpClient Http => http.Value;

    /// <summary>What it tells of itself.</summary>
    /// <exception cref="OidcException">It does not answer, or with what is none.</exception>
    internal Task<OpenIdConnectConfiguration> AskAsync(CancellationToken ct) => AskAsync(Keep, ct);

    /// <summary>That again, since a key is not known; what was just read serves on.</summary>
    internal Task<OpenIdConnectConfiguration> AskAgainAsync(CancellationToken ct) => AskAsync(LeastBetween, ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        one.Dispose();
        if (http.IsValueCreated)
        {
            http.Value.Dispose();
        }
    }

    private async Task<OpenIdConnectConfiguration> AskAsync(TimeSpan newest, CancellationToken ct)
    {
        if (Known(newest) is { } known)
        {
            return known;
        }

        await one.WaitAsync(ct);
        try
        {
            if (Known(newest) is { } meanwhile)
            {
                return meanwhile;
            }

            if (failure is var (before, at) && clocks.Wall.GetUtcNow() - at < Rest)
            {
                throw new OidcException(before.Message, before);
            }

            var (now, told) = (clocks.Wall.GetUtcNow(), await ReadAsync(ct));
            Volatile.Write(ref latest, new(told, now));
            return told;
        }
        catch (OidcException why) when (why.InnerException is not OidcException)
        {
            failure = (why, clocks.Wall.GetUtcNow());
            throw;
        }
        finally
        {
            one.Release();
        }
    }

    private OpenIdConnectConfiguration? Known(TimeSpan newest) =>
        Volatile.Read(ref latest) is { } reading && clocks.Wall.GetUtcNow() - reading.At < newest ? reading.Told : null;

    private sealed record Reading(OpenIdConnectConfiguration Told, DateTimeOffset At);

    private async Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken ct)
    {
        var issuer = options.Value.Oidc.Issuer!;
        try
        {
            var told = await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{issuer.TrimEnd('/')}/.well-known/openid-configuration", new HttpDocumentRetriever(Http) { RequireHttps = issuer.StartsWith("https:", StringComparison.Ordinal) }, ct);
            // RFC 8414: who answers for another issuer is a mistake or an attack.
            return told.Issuer == issuer ? told : throw new OidcException("The issuer calls itself otherwise than Access:Oidc:Issuer does.");
        }
        catch (Exception away) when (away is IOException or HttpRequestException or InvalidOperationException or ArgumentException or System.Text.Json.JsonException
            || away is TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new OidcException("The issuer does not answer with its configuration.", away);
        }
    }
}

/// <summary>A sign-in that does not come to an end; the message is fit for whoever tries.</summary>
public sealed class OidcException(string message, Exception? inner = null) : Exception(message, inner);
