using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;
using Watchdog.Http.Access.Oidc;
using Watchdog.Http.Access.Proxy;

namespace Watchdog.Http.Access;

/// <summary>Section <c>Access</c>: who may see and use the ops pages on the worker's listener.</summary>
public sealed class AccessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Access";

    /// <summary>
    /// Whether the listener shows the ops pages; default true. False leaves what programs ask, with their keys. With pages it listens on loopback alone until a
    /// way to sign in is configured.
    /// </summary>
    public bool Pages { get; set; } = true;

    /// <summary>Hours for which a sign-in is good, 1 to 24; default 10, a working day.</summary>
    [Range(1, 24)]
    public int SessionHours { get; set; } = 10;

    /// <summary>A reverse proxy that signs people in and says who they are.</summary>
    public ProxyOptions Proxy { get; set; } = new();

    /// <summary>An OpenID Connect issuer that signs people in, and whose tokens programs may bring.</summary>
    public OidcOptions Oidc { get; set; } = new();

    /// <summary><see cref="SessionHours"/>.</summary>
    internal TimeSpan Session => TimeSpan.FromHours(SessionHours);

    /// <summary>What is wrong, by name.</summary>
    /// <param name="listen">Where the listener listens; null: nowhere.</param>
    internal IEnumerable<string> Errors(IPEndPoint? listen)
    {
        foreach (var wrong in Proxy.Errors().Concat(Oidc.Errors()))
        {
            yield return wrong;
        }

        if (Pages && listen is { Address: var address } && !IPAddress.IsLoopback(address) && !Proxy.IsOn && !Oidc.SignsIn)
        {
            yield return $"Http:Listen is {listen}, which others reach, and nobody could sign in to the ops pages there: configure Access:Proxy or Access:Oidc, listen on 127.0.0.1, "
                + "or set Access:Pages to false for what programs ask alone.";
        }
    }
}

/// <summary>Checks the ranges above.</summary>
[OptionsValidator]
public sealed partial class AccessOptionsValidator : IValidateOptions<AccessOptions>;

/// <summary>Checks the ways to sign in, and that there is one where others reach the pages.</summary>
public sealed class SignInValidator(IOptions<HttpOptions> http) : IValidateOptions<AccessOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var wrong = options.Errors(http.Value.WhereToListen()).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
