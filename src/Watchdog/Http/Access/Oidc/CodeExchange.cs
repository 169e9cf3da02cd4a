using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Watchdog.Http.Access.Oidc;

/// <summary>Gives the issuer an authorization code for the token of whoever signed in, and checks that token.</summary>
public sealed class CodeExchange(OidcIssuer issuer, OidcTokens tokens, IOptions<AccessOptions> options)
{
    private const string Post = "client_secret_post";

    /// <summary>The token, which is this client's and of this sign-in.</summary>
    /// <exception cref="OidcException">There is none.</exception>
    internal async Task<JsonWebToken> TokenAsync(string code, SignInTicket ticket, CancellationToken ct)
    {
        var client = options.Value.Oidc.ClientId!;
        var token = await tokens.ReadAsync(await AskAsync(await issuer.AskAsync(ct), code, ticket, ct), client, ct)
            ?? throw new OidcException("The issuer's token does not hold.");
        if (!token.TryGetPayloadValue<string>("nonce", out var nonce)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.ASCII.GetBytes(ticket.Nonce)))
        {
            throw new OidcException("The issuer's token is of another sign-in.");
        }

        // OpenID Connect Core 3.1.3.7: where it is for several, it must have been given to this client.
        return token.TryGetPayloadValue<string>("azp", out var to) ? to == client ? token : throw new OidcException("The issuer's token was given to another client.")
            : token.Audiences.Count() == 1 ? token : throw new OidcException("The issuer's token is for several, and does not say to whom it was given.");
    }

    private async Task<string> AskAsync(OpenIdConnectConfiguration told, string code, SignInTicket ticket, CancellationToken ct)
    {
        var oidc = options.Value.Oidc;
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = oidc.RedirectUri, ["code_verifier"] = ticket.Verifier, ["client_id"] = oidc.ClientId!,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, told.TokenEndpoint);
        if (oidc.Secret() is { Length: > 0 } secret)
        {
            if (told.TokenEndpointAuthMethodsSupported.Contains(Post) && !told.TokenEndpointAuthMethodsSupported.Contains("client_secret_basic"))
            {
                form["client_secret"] = secret;
            }
            else
            {
                request.Headers.Authorization = new AuthenticationHeaderValue(
                    "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(oidc.ClientId!)}:{Uri.EscapeDataString(secret)}")));
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        try
        {
            using var answer = await issuer.Http.SendAsync(request, ct);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(ct));
            return answer.IsSuccessStatusCode && body.RootElement.TryGetProperty("id_token", out var token) && token.GetString() is { } text
                ? text : throw new OidcException("The issuer does not take the code.");
        }
        catch (Exception away) when (away is HttpRequestException or JsonException or InvalidOperationException or IOException || away is TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new OidcException("The issuer does not answer with a token.", away);
        }
    }
}
