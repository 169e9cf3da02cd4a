using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
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
        routes.MapPost(Path, context => context.Request.Query.ContainsKey(SignedLinks.Query) ? page.PlaceAsync(context) : PlaceAsync(context))
            .Admit(Entry.WithKey(KeyScopes.HoldsWrite, SignedLinks.Query));
        routes.MapGet(Path, page.ShowAsync).Admit(Entry.ForAll("the page asks for its signed link itself"));
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
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            json.WriteStartObject();
            json.WriteNumber("id", hold.Id);
            json.WriteString("instance_id", id);
            json.WriteString("until", hold.Until.UtcDateTime);
            json.WriteString("reason", wish!.Reason);
            json.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
