using System.Net.Mime;
using System.Text.Encodings.Web;
using Watchdog.Http.Access;

namespace Watchdog.Http;

/// <summary>A title and a sentence as a page that needs nothing else: what a browser sees when the pages themselves cannot be shown.</summary>
internal static class PlainPage
{
    public static Task WriteAsync(HttpContext context, int status, string title, string detail)
    {
        var html = HtmlEncoder.Default;
        var heading = html.Encode(char.ToUpperInvariant(title[0]) + title[1..]);
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaTypeNames.Text.Html + "; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = SafeHeaders.PagePolicy;
        return context.Response.WriteAsync(
            $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">"
            + $"<link rel=\"stylesheet\" href=\"/assets/app.css\"><title>{heading}</title></head>\n<body class=\"door\"><main><h1>{heading}</h1>\n<p>{html.Encode(detail)}</p>\n<p><a href=\"{OwnPath.Home}\">To the cases</a></p></main></body></html>\n",
            context.RequestAborted);
    }
}
