using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Http.Access.Sessions;

namespace Watchdog.Http.Access.Oidc;

/// <summary><c>/sign-in/oidc</c> sends a browser to the issuer, <c>/sign-in/oidc/back</c> takes it back: authorization code with PKCE, state and nonce.</summary>
public sealed class OidcEndpoints(
    OidcIssuer issuer, CodeExchange exchange, SessionBook sessions, IOptions<AccessOptions> options, Clocks clocks, ILogger<OidcEndpoints> log) : IEndpoints, ISignInWay
{
    /// <summary>Where the issuer sends browsers back to.</summary>
    public const string Back = "/sign-in/oidc/back";

    private const string Start = "/sign-in/oidc";

    /// <inheritdoc/>
    public string Label => options.Value.Oidc.Label;

    /// <inheritdoc/>
    public string? HrefFor(string to) => options.Value.Oidc.SignsIn ? $"{Start}?to={Uri.EscapeDataString(to)}" : null;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        if (!options.Value.Pages || !options.Value.Oidc.SignsIn)
        {
            return;
        }

        var open = Entry.ForAll("whoever comes here has not signed in yet");
        routes.MapGet(Start, BeginAsync).Admit(open);
        routes.MapGet(Back, EndAsync).Admit(open);
    }

    private Task BeginAsync(HttpContext context) => AnswerAsync(context, async () =>
    {
        var oidc = options.Value.Oidc;
        var endpoint = (await issuer.AskAsync(context.RequestAborted)).AuthorizationEndpoint;
        var ticket = SignInTicket.Begin(context.Request.Query["to"].ToString(), clocks.Wall.GetUtcNow());
        ticket.Write(context);
        (string Name, string Value)[] asks =
        [
            ("response_type", "code"), ("client_id", oidc.ClientId!), ("redirect_uri", oidc.RedirectUri), ("scope", $"openid {oidc.Scopes}".Trim()), ("state", ticket.State),
            ("nonce", ticket.Nonce), ("code_challenge", ticket.Challenge), ("code_challenge_method", "S256"),
        ];
        context.Response.Redirect($"{endpoint}{(endpoint.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', asks.Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"))}");
    });

    private Task EndAsync(HttpContext context) => AnswerAsync(context, async () =>
    {
        var (oidc, query) = (options.Value.Oidc, context.Request.Query);
        var ticket = SignInTicket.Read(context.Request, clocks.Wall.GetUtcNow())
            ?? throw new OidcException("This browser has begun no sign-in, or more than ten minutes ago.");
        SignInTicket.Delete(context);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(query["state"].ToString()), Encoding.ASCII.GetBytes(ticket.State)))
        {
            throw new OidcException("The answer is to another sign-in than this browser has begun.");
        }

        if (query["iss"].ToString() is { Length: > 0 } from && from != oidc.Issuer)
        {
            throw new OidcException("The answer comes from another issuer.");
        }

        if (query["code"].ToString() is not { Length: > 0 and < 4096 } code)
        {
            throw new OidcException("The issuer did not sign anybody in.");
        }

        var token = await exchange.TokenAsync(code, ticket, context.RequestAborted);
        var (name, why) = OidcPerson.NameOf(token, oidc);
        if (name is null || OidcPerson.RoleOf(token, oidc) is not { } role)
        {
            throw new OidcException(why ?? $"{name} has no value of {oidc.RoleClaim} with a role here (Access:Oidc:Roles).");
        }

        SessionCookie.Write(context, await sessions.BeginAsync(name, role, "oidc", options.Value.Session, context.RequestAborted), options.Value.Session);
        context.Response.Redirect(ticket.To);
    });

    private async Task AnswerAsync(HttpContext context, Func<Task> body)
    {
        try
        {
            await body();
        }
        catch (OidcException refused)
        {
            Log.SignInRefused(log, refused, refused.Message);
            await Problem.AnswerAsync(context, StatusCodes.Status403Forbidden, "not signed in", $"{refused.Message} Begin again at /sign-in; the worker's log tells more.");
        }
    }
}
