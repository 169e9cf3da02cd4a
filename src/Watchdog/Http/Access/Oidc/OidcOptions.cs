using System.Net;

namespace Watchdog.Http.Access.Oidc;

/// <summary>
/// Section <c>Access:Oidc</c>: an OpenID Connect issuer that signs people in (authorization code with PKCE), and whose tokens programs may bring. Off until an
/// issuer is named.
/// </summary>
public sealed class OidcOptions
{
    private const string Path = $"{AccessOptions.Section}:Oidc";

    /// <summary>The issuer's https URL, whose <c>/.well-known/openid-configuration</c> tells the rest; null (default): none. On loopback http will do.</summary>
    public string? Issuer { get; set; }

    /// <summary>The client's id at the issuer; null: nobody signs in by it, and only tokens are taken.</summary>
    public string? ClientId { get; set; }

    /// <summary>The client's secret; better given by the environment or by <see cref="ClientSecretFile"/>. Null: a public client, which PKCE alone protects.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>A file with the secret, instead of <see cref="ClientSecret"/>; read anew at each sign-in.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>Where browsers reach this listener, e.g. <c>https://watchdog.example.com</c>; the issuer sends them back to <c>/sign-in/oidc/back</c> there.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Scopes to ask for beside <c>openid</c>; default <c>profile email</c>, separated by spaces.</summary>
    public string Scopes { get; set; } = "profile email";

    /// <summary>The claim that names the person in the audit trail; default <c>email</c>. One that people choose for themselves would let one be two.</summary>
    public string NameClaim { get; set; } = "email";

    /// <summary>The claim with groups or roles, one or several; default <c>groups</c>.</summary>
    public string RoleClaim { get; set; } = "groups";

    /// <summary>Which values of that claim have which role.</summary>
    public RoleMap Roles { get; set; } = new();

    /// <summary>The audience of the tokens that programs bring (<c>Authorization: Bearer …</c>); null (default): none are taken.</summary>
    public string? Audience { get; set; }

    /// <summary>What the button says; default <c>Sign in with single sign-on</c>.</summary>
    public string Label { get; set; } = "Sign in with single sign-on";

    /// <summary>Seconds until a call to the issuer is given up, 1 to 60; default 10.</summary>
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Seconds by which the issuer's clock may differ, 0 to 300; default 60.</summary>
    public int ClockSkewSeconds { get; set; } = 60;

    /// <summary>Whether an issuer is named.</summary>
    internal bool IsOn => !string.IsNullOrWhiteSpace(Issuer);

    /// <summary>Whether people sign in by it.</summary>
    internal bool SignsIn => IsOn && !string.IsNullOrWhiteSpace(ClientId);

    /// <summary>The address that the issuer sends browsers back to.</summary>
    internal string RedirectUri => $"{BaseUrl!.TrimEnd('/')}{OidcEndpoints.Back}";

    /// <summary>The secret; null: none is configured.</summary>
    internal string? Secret() => string.IsNullOrWhiteSpace(ClientSecretFile) ? ClientSecret : File.ReadAllText(ClientSecretFile).Trim();

    /// <summary>What is wrong, by name; a failure never repeats a secret.</summary>
    internal IEnumerable<string> Errors()
    {
        if (!IsOn)
        {
            if (ClientId is not null || Audience is not null)
            {
                yield return $"{Path}:Issuer is not set; ClientId and Audience are nothing without it.";
            }

            yield break;
        }

        if (!IsSafe(Issuer))
        {
            yield return $"{Path}:Issuer must be an absolute https URL (http only on loopback).";
        }

        if (!SignsIn && Audience is null)
        {
            yield return $"{Path}:Issuer is set; set ClientId for people who sign in, Audience for programs' tokens, or both.";
        }

        if (SignsIn && !IsSafe(BaseUrl))
        {
            yield return $"{Path}:BaseUrl must be where browsers reach this listener, an absolute https URL (http only on loopback).";
        }

        if (Audience is not null && Audience == ClientId)
        {
            yield return $"{Path}:Audience must differ from ClientId: a person's sign-in token is not to serve as a program's.";
        }

        if (Roles.IsEmpty)
        {
            yield return $"{Path}:Roles gives no value of {RoleClaim} a role, so nobody could come in: name some for Viewer, Operator or Admin ('*' is everybody).";
        }

        if (TimeoutSeconds is < 1 or > 60 || ClockSkewSeconds is < 0 or > 300)
        {
            yield return $"{Path}:TimeoutSeconds must be 1 to 60 and ClockSkewSeconds 0 to 300.";
        }

        if (Unreadable() is { } unreadable)
        {
            yield return $"{Path}:ClientSecretFile cannot be read: {unreadable}";
        }
    }

    private string? Unreadable()
    {
        try
        {
            _ = Secret();
            return null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return wrong.Message;
        }
    }

    private static bool IsSafe(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var of) && of.UserInfo.Length == 0 && of.Query.Length == 0
        && (of.Scheme == Uri.UriSchemeHttps || of.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(of.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host));
}
