using System.Buffers.Text;
using Microsoft.Extensions.Options;

namespace Watchdog.Http.Access.Sessions;

/// <summary>
/// <c>/sign-in</c>, by a one-time link, and <c>/sign-out</c>. A link's GET shows a button and changes nothing, since mail and chat programs follow links by
/// themselves.
/// </summary>
public sealed class SignInEndpoints(SessionBook sessions, IEnumerable<ISignInWay> ways, IOptions<AccessOptions> options) : IEndpoints
{
    private const string Token = "token";

    /// <summary>The link for a secret, relative to the listener.</summary>
    public static string LinkFor(byte[] secret) => $"/sign-in/link?{Token}={Base64Url.EncodeToString(secret)}";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        if (!options.Value.Pages)
        {
            return;
        }

        var open = Entry.ForAll("whoever comes here has not signed in yet");
        routes.MapGet("/sign-in", context => SignInPage.WaysAsync(context, ways, options.Value.Proxy.IsOn)).Admit(open);
        routes.MapGet("/sign-in/link", context => SignInPage.LinkAsync(context, context.Request.Query[Token].ToString())).Admit(open);
        routes.MapPost("/sign-in/link", UseAsync).Admit(open);
        routes.MapPost("/sign-out", EndAsync).Admit(Entry.For(Role.Viewer));
    }

    private async Task UseAsync(HttpContext context)
    {
        var form = await OwnForm.TryReadAsync(context.Request) ?? FormCollection.Empty;
        var secret = SessionCookie.Decode(form[Token]) is { } link ? await sessions.UseLinkAsync(link, options.Value.Session, context.RequestAborted) : null;
        if (secret is null)
        {
            await Problem.AnswerAsync(
                context, StatusCodes.Status403Forbidden, "this link does not sign in", "It was used, has expired or was cut off. Ask for another: 'watchdog access link'.");
            return;
        }

        SessionCookie.Write(context, secret, options.Value.Session);
        context.Response.Redirect(OwnPath.Home);
    }

    private async Task EndAsync(HttpContext context)
    {
        if (Visitor.Of(context)?.Session is { } session)
        {
            await sessions.EndAsync(session, context.RequestAborted);
        }

        SessionCookie.Delete(context);
        context.Response.Redirect("/sign-in");
    }
}

/// <summary>A way to sign in that the sign-in page offers.</summary>
public interface ISignInWay
{
    /// <summary>What its button says.</summary>
    string Label { get; }

    /// <summary>Where it leads; null: it is not configured.</summary>
    /// <param name="to">The path to come back to, of this site.</param>
    string? HrefFor(string to);
}
