using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Watchdog.Diagnostics;

namespace Watchdog.Http.Access.Oidc;

/// <summary>Checks the issuer's tokens: signature by one of its keys, issuer, audience, times.</summary>
public sealed class OidcTokens(OidcIssuer issuer, IOptions<AccessOptions> options, Clocks clocks)
{
    // Signatures by a key that only the issuer holds: no secret of a client's, and never none.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];
    private const int Longest = 16 * 1024;
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Longest };

    /// <summary>A token that holds; null: it does not.</summary>
    /// <exception cref="OidcException">The issuer does not answer.</exception>
    public async Task<JsonWebToken?> ReadAsync(string token, string audience, CancellationToken ct)
    {
        if (token.Length > Longest)
        {
            return null;
        }

        var result = await handler.ValidateTokenAsync(token, Demands(await issuer.AskAsync(ct), audience));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // Its keys may have rotated since they were read.
            result = await handler.ValidateTokenAsync(token, Demands(await issuer.AskAgainAsync(ct), audience));
        }

        return result is { IsValid: true, SecurityToken: JsonWebToken read } ? read : null;
    }

    private TokenValidationParameters Demands(OpenIdConnectConfiguration told, string audience) => new()
    {
        ValidIssuer = told.Issuer, IssuerSigningKeys = told.SigningKeys, ValidAudience = audience, ValidAlgorithms = Algorithms,
        RequireSignedTokens = true, RequireExpirationTime = true, RequireAudience = true, TryAllIssuerSigningKeys = false,
        LifetimeValidator = (begins, ends, _, _) => Holds(begins, ends),
    };

    private bool Holds(DateTime? begins, DateTime? ends)
    {
        var (now, skew) = (clocks.Wall.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(options.Value.Oidc.ClockSkewSeconds));
        return ends is { } end && now - skew < end && (begins is not { } begin || begin <= now + skew);
    }
}
