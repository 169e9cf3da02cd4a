using System.Globalization;
using System.Net.Mime;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Ledger;

namespace Watchdog.Reports.Cases;

/// <summary>
/// <c>GET /cases/{id}/exhibits/{exhibit}</c>: what was kept before an act. A guest wrote it: pictures are shown as such, all else as plain text, whatever type it bears.
/// </summary>
public sealed class ExhibitEndpoint(ExhibitTable exhibits) : IEndpoints
{
    private static readonly string[] Pictures = [MediaTypeNames.Image.Jpeg, MediaTypeNames.Image.Png];

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/cases/{id:long}/exhibits/{exhibit:long}", Entry.For(Role.Viewer), AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        var (of, id) = (Number(context, "id"), Number(context, "exhibit"));
        if (await exhibits.OfCaseAsync(of, id, context.RequestAborted) is not var (mediaType, content))
        {
            await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such exhibit", $"Case {of} has no exhibit {id}.");
            return;
        }

        context.Response.ContentType = Pictures.Contains(mediaType) ? mediaType : "text/plain; charset=utf-8";
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private static long Number(HttpContext context, string name) => long.Parse((string)context.GetRouteValue(name)!, CultureInfo.InvariantCulture);
}
