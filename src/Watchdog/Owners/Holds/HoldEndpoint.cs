using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Http.Keys;
using Watchdog.Owners.Links;

namespace Watchdog.Owners.Holds;

/// <summary>
/// <c>/v1/vms/{id}/hold</c>: POST of JSON by the control plane, with a key; GET and POST of a form by an owner, with a signed link. docs/api.md is its
/// contract. A hold keeps a VM from idle stops, and nobody from a verdict of abuse.
/// </summary>
public sealed class HoldEndpoint(HoldDesk desk, HoldPage page, IOptions<HoldOptions> options, Clocks clocks) : IEndpoints
{
    private const string Path = "/v1/vms/{id}/hold";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, (Delegate)((HttpContext context) => context.Request.Query.ContainsKey(SignedLinks.Query) ? page.PlaceAsync(context) : PlaceAsync(context)))
            .Takes<HoldBody>().Takes<HoldForm>(MediaTypeNames.Application.FormUrlEncoded)
            .Describe(
                Entry.WithKey(KeyScopes.HoldsWrite, SignedLinks.Query), "place_hold",
                "Keep a VM from idle stops until an instant. With a key and JSON: 201, or 200 for one that is there. With a signed link and its page's form: an HTML page.",
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status410Gone, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType)
            .OpensBy(ApiSchemes.Link).Produces<HoldAnswer>(StatusCodes.Status201Created).Produces<HoldAnswer>();
        routes.MapGet(Path, (Delegate)page.ShowAsync).DescribePage("show_hold_page", "The page by which an owner keeps a VM; it changes nothing.");
        routes.Map(Path, context =>
        {
            context.Response.Headers.Allow = "GET, POST";
            return Problem.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "method not allowed", "A hold is placed by POST; a link's page is read by GET.");
        }).Admit(Entry.ForAll("tells which methods there are"));
    }

    private async Task PlaceAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "no JSON", "Send a JSON object with 'until' and 'reason' as application/json.");
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var (wish, wrong) = HoldWish.Of(body.GetBuffer().AsMemory(0, (int)body.Length));
        if ((wrong ?? wish!.Refusal(options.Value.Longest, clocks.Fleet.GetUtcNow())) is { } why)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "no such hold", why);
            return;
        }

        var id = (string)context.GetRouteValue("id")!;
        if (await desk.PlaceAsync(id, wish!, context.Features.GetRequiredFeature<KeyUsed>().Author, context.RequestAborted) is not { } hold)
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "no such VM", "Inventory knows no VM of this id, or it is gone.");
            return;
        }

        context.Response.StatusCode = hold.New ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        context.Response.ContentType = MediaTypeNames.Application.Json;
        context.Response.Headers.CacheControl = "no-store";
        await JsonSerializer.SerializeAsync(context.Response.BodyWriter, new HoldAnswer(hold.Id, id, hold.Until.UtcDateTime, wish!.Reason), ApiJson.Shape, context.RequestAborted);
    }
}

/// <param name="Until">When it ends: ISO 8601 with Z or an offset.</param>
/// <param name="Reason">Why, in 1 to 500 characters.</param>
internal sealed record HoldBody(DateTimeOffset Until, string Reason);

/// <param name="Hours">For how long: one of the times that the page offers.</param>
/// <param name="Reason">Why; may be empty.</param>
internal sealed record HoldForm(int Hours, string? Reason);

/// <summary>A hold that stands.</summary>
internal sealed record HoldAnswer(long Id, string InstanceId, DateTime Until, string Reason);
