using System.Net.Mime;
using Watchdog.Http.Access;

namespace Watchdog.Owners.Links;

/// <summary>How the pages of owners' links answer: one style and no script, and which forms are taken. What holds for every page the gate has said.</summary>
internal static class LinkAnswer
{
    /// <summary>Writes a page.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string html)
    {
        var answer = context.Response;
        answer.StatusCode = status;
        answer.ContentType = MediaTypeNames.Text.Html + "; charset=utf-8";
        answer.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src '{LinkHtml.StyleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        answer.Headers["X-Robots-Tag"] = "noindex";
        await answer.WriteAsync(html, context.RequestAborted);
    }

    /// <summary>Writes a title and a sentence.</summary>
    public static Task WriteAsync(HttpContext context, int status, string title, string text) => WriteAsync(context, status, LinkHtml.Message(title, text));

    /// <summary>The form of a request; null where it is none, and the answer is written.</summary>
    public static async Task<IFormCollection?> FormAsync(HttpContext context)
    {
        if (await OwnForm.TryReadAsync(context.Request) is { } form)
        {
            return form;
        }

        await WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "No form", "Open the link again and use its form.");
        return null;
    }
}
