using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Watchdog.Http.Access.Oidc;

/// <summary>Knows a program by a token of the issuer's for this API's own audience; its role is the claim's. It is no person, whoever it speaks for.</summary>
public sealed class BearerIdentity(OidcTokens tokens, IOptions<AccessOptions> options) : IIdentity
{
    private const string Scheme = "Bearer ";

    // As issuers name the client that a token was given to: RFC 9068, older ones, and at last whom it is about.
    private static readonly string[] Clients = ["client_id", "azp", "sub"];

    /// <inheritdoc/>
    public async Task<Known?> FindAsync(HttpContext context)
    {
        var oidc = options.Value.Oidc;
        var header = context.Request.Headers.Authorization.ToString();
        // A token has three parts; what else comes as a bearer's is a key, which the ring knows or nobody does.
        if (!oidc.IsOn || oidc.Audience is not { } audience || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Count('.') != 2)
        {
            return null;
        }

        try
        {
            return await tokens.ReadAsync(header[Scheme.Length..].Trim(), audience, context.RequestAborted) is not { } token ? Known.Nobody
                : NameOf(token) is not { } name ? Known.Without($"The token names nobody: none of {string.Join(", ", Clients)} stands in it.")
                : OidcPerson.RoleOf(token, oidc) is { } role ? new Known(new Visitor($"token of {name}", role, Visitor.ByBearer))
                : Known.Without($"The token's claim {oidc.RoleClaim} has no value with a role here (Access:Oidc:Roles).");
        }
        catch (OidcException)
        {
            // The issuer is away: whose token it is cannot be told, and a cookie beside it does not count in its place.
            return Known.Nobody;
        }
    }

    private static string? NameOf(JsonWebToken token) => Clients
        .Select(claim => token.TryGetPayloadValue<string>(claim, out var value) ? value : null)
        .FirstOrDefault(value => value is { Length: > 0 and <= 180 } && !value.Any(char.IsControl));
}
