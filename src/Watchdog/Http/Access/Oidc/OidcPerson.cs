using Microsoft.IdentityModel.JsonWebTokens;

namespace Watchdog.Http.Access.Oidc;

/// <summary>Who a token is about, and what they may do. Pure.</summary>
internal static class OidcPerson
{
    private const int LongestName = 200;
    private const string Email = "email";

    /// <summary>The person's name, or why there is none.</summary>
    public static (string? Name, string? Why) NameOf(JsonWebToken token, OidcOptions options)
    {
        if (!token.TryGetPayloadValue<string>(options.NameClaim, out var name) || string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
        {
            return (null, $"The token has no claim {options.NameClaim} (Access:Oidc:NameClaim) that could name anybody.");
        }

        // An address that nobody has proved may be anybody's.
        return options.NameClaim == Email && token.TryGetPayloadValue<object>("email_verified", out var verified) && verified is false or "false"
            ? (null, "The issuer has not verified this e-mail address.") : (name, null);
    }

    /// <summary>The role of the token's groups; null: none.</summary>
    public static Role? RoleOf(JsonWebToken token, OidcOptions options) =>
        options.Roles.Of([.. token.Claims.Where(claim => claim.Type == options.RoleClaim).Select(claim => claim.Value)]);
}
