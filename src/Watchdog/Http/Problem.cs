using System.Net.Mime;
using System.Text.Json;
using Watchdog.Http.Access;

namespace Watchdog.Http;

/// <summary>What went wrong, as RFC 9457's <c>application/problem+json</c>.</summary>
public static class Problem
{
    /// <summary>Answers with it: as a page where a browser asks for one, else as JSON.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    public static Task AnswerAsync(HttpContext context, int status, string title, string detail) =>
        Refusals.WantsPage(context.Request) ? PlainPage.WriteAsync(context, status, title, detail) : WriteAsync(context, status, title, detail);

    /// <summary>Answers with it.</summary>
    /// <param name="status">HTTP's status code.</param>
    /// <param name="title">What is wrong, in a few words that do not change.</param>
    /// <param name="detail">What is wrong here, and how to mend it.</param>
    public static async Task WriteAsync(HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaTypeNames.Application.ProblemJson;
        context.Response.Headers.CacheControl = "no-store";
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", title);
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
