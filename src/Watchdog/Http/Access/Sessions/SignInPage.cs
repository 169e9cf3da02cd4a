using System.Net.Mime;
using System.Text.Encodings.Web;

namespace Watchdog.Http.Access.Sessions;

/// <summary>The pages of those who have not signed in.</summary>
internal static class SignInPage
{
    private const string To = "to";

    public static Task WaysAsync(HttpContext context, IEnumerable<ISignInWay> ways, bool proxied)
    {
        var to = OwnPath.Of(context.Request.Query[To]);
        var buttons = string.Concat(ways.Where(way => way.HrefFor(to) is not null).Select(way =>
            $"<p><a class=\"button primary\" href=\"{HtmlEncoder.Default.Encode(way.HrefFor(to)!)}\">{HtmlEncoder.Default.Encode(way.Label)}</a></p>\n"));
        return WriteAsync(context, "Sign in", buttons.Length > 0 ? buttons :
            proxied ? "<p>The proxy before this listener signs people in: come by its address.</p>" :
            "<p>No sign-in is configured here. On the worker's machine, <code>watchdog access link</code> prints a link that signs in once.</p>");
    }

    public static Task LinkAsync(HttpContext context, string token) => WriteAsync(
        context, "Sign in to Watchdog",
        $"<form method=\"post\" action=\"/sign-in/link\"><input type=\"hidden\" name=\"token\" value=\"{HtmlEncoder.Default.Encode(token)}\"><p>This link signs in once.</p>"
        + "<button class=\"primary\" type=\"submit\" autofocus>Sign in</button></form>");

    private static Task WriteAsync(HttpContext context, string title, string body)
    {
        context.Response.ContentType = MediaTypeNames.Text.Html + "; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = SafeHeaders.PagePolicy;
        return context.Response.WriteAsync(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">"
            + $"<link rel=\"stylesheet\" href=\"/assets/app.css\"><title>{title}</title></head>\n<body class=\"door\"><main><h1>{title}</h1>\n{body}</main></body></html>\n", context.RequestAborted);
    }
}
