using Microsoft.Net.Http.Headers;
using Watchdog.Http;
using Watchdog.Http.Access;

namespace Watchdog.Reports.Pages;

/// <summary><c>GET /assets/{name}</c>.</summary>
public sealed class AssetEndpoint : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapRead("/assets/{name}", Entry.ForAll("scripts, styles and licences: the same for everybody, and the sign-in page needs them"), AnswerAsync);

    private static async Task AnswerAsync(HttpContext context)
    {
        if (AssetFiles.Find((string)context.GetRouteValue("name")!) is not { } asset)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "not found", "There is no such file.");
            return;
        }

        var answer = context.Response;
        answer.ContentType = asset.ContentType;
        answer.Headers.Vary = HeaderNames.AcceptEncoding;
        answer.Headers.CacheControl = context.Request.Query["v"] == asset.Version ? "public, max-age=31536000, immutable" : "no-cache";
        var packed = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (packed)
        {
            answer.Headers.ContentEncoding = "gzip";
        }

        var body = packed ? asset.Packed : asset.Plain;
        answer.ContentLength = body.Length;
        await answer.Body.WriteAsync(body, context.RequestAborted);
    }
}
