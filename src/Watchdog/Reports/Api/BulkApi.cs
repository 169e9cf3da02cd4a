using Microsoft.AspNetCore.Http.HttpResults;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Reports.Api;

/// <summary>
/// <c>/v1/bulk</c>: the same of many cases, in two steps. The exact set is frozen and can be read, then started; until the window is over, undoing takes back what
/// nobody has taken.
/// </summary>
public sealed class BulkApi(BulkDesk desk, Clocks clocks) : IEndpoints
{
    private const string Path = "/v1/bulk";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, (Delegate)FreezeAsync).Takes<BulkBody>().Describe(
            Entry.For(Role.Operator), "freeze_bulk", "Freeze the exact set of cases, each at its version of now; nothing is asked for yet.", StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status422UnprocessableEntity);
        routes.MapGet($"{Path}/{{id:long}}", ShowAsync).Describe(Entry.For(Role.Viewer), "show_bulk", "How far a bulk is: how many items stand where.", StatusCodes.Status404NotFound);
        routes.MapGet($"{Path}/{{id:long}}/items", ItemsAsync).Describe(
            Entry.For(Role.Viewer), "list_bulk_items", "A bulk's cases with what became of each, by case.", StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        routes.MapPost($"{Path}/{{id:long}}/start", StartAsync).Takes<StartBody>().Describe(
            Entry.For(Role.Operator), "start_bulk", $"Start a frozen bulk; above {BulkRules.TypedAbove} cases it takes their count, and an admin.", StatusCodes.Status404NotFound,
            StatusCodes.Status409Conflict, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        routes.MapPost($"{Path}/{{id:long}}/undo", UndoAsync).Describe(
            Entry.For(Role.Operator), "undo_bulk", "Take back every request of a bulk that nobody has taken.", StatusCodes.Status404NotFound, StatusCodes.Status409Conflict,
            StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<Results<Created<BulkStateJson>, ApiProblem>> FreezeAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        var (body, wrong) = await ApiBody.ReadAsync<BulkBody>(context);
        if (body is null)
        {
            return wrong!;
        }

        if (body.SetFault is { } fault)
        {
            return ApiProblem.Of(AskedAs.Wrong, fault);
        }

        var now = clocks.Fleet.GetUtcNow();
        var asked = await desk.FreezeAsync(body.Act ?? "", body.Payload, body.Filter(now), Visitor.Of(context)!.Name, now, ct);
        return asked.Stands
            ? TypedResults.Created($"{Path}/{asked.Id}", BulkStateJson.Of((await desk.FindAsync(asked.Id!.Value, ct))!, asked.Sentence)) : ApiProblem.Of(asked.As, asked.Sentence);
    }

    private async Task<Results<Ok<BulkStateJson>, ApiProblem>> ShowAsync(long id, CancellationToken ct) =>
        await desk.FindAsync(id, ct) is { } bulk ? TypedResults.Ok(BulkStateJson.Of(bulk, null)) : NoBulk(id);

    private async Task<Results<Ok<BulkItemsJson>, ApiProblem>> ItemsAsync(long id, long? after, int? limit, CancellationToken ct)
    {
        var most = limit ?? 50;
        if (most is < 1 or > 500)
        {
            return ApiProblem.Query("limit", "1 to 500.");
        }

        if (await desk.FindAsync(id, ct) is null)
        {
            return NoBulk(id);
        }

        var items = await desk.ItemsAsync(id, after ?? 0, most + 1, ct);
        IReadOnlyList<BulkItem> page = [.. items.Take(most)];
        return TypedResults.Ok(new BulkItemsJson(page, items.Count > most ? page[^1].CaseId : null));
    }

    private async Task<Results<Ok<BulkStateJson>, ApiProblem>> StartAsync(HttpContext context, long id)
    {
        var (body, wrong) = await ApiBody.ReadAsync<StartBody>(context);
        if (body is null)
        {
            return wrong!;
        }

        var visitor = Visitor.Of(context)!;
        return await desk.FindAsync(id, context.RequestAborted) is { Cases: > BulkRules.TypedAbove } && visitor.Role < Role.Admin
            ? ApiProblem.Forbidden($"More than {BulkRules.TypedAbove} cases at once take an admin; {visitor.Name} is {Roles.NameOf(visitor.Role)}.")
            : await AnswerAsync(await desk.StartAsync(id, visitor.Name, body.Count, clocks.Fleet.GetUtcNow(), context.RequestAborted), id, context.RequestAborted);
    }

    private async Task<Results<Ok<BulkStateJson>, ApiProblem>> UndoAsync(HttpContext context, long id) =>
        await AnswerAsync(await desk.UndoAsync(id, Visitor.Of(context)!.Name, clocks.Fleet.GetUtcNow(), context.RequestAborted), id, context.RequestAborted);

    private async Task<Results<Ok<BulkStateJson>, ApiProblem>> AnswerAsync(Asked asked, long id, CancellationToken ct) =>
        asked.Stands ? TypedResults.Ok(BulkStateJson.Of((await desk.FindAsync(id, ct))!, asked.Sentence)) : ApiProblem.Of(asked.As, asked.Sentence);

    private static ApiProblem NoBulk(long id) => ApiProblem.NotFound($"There is no bulk {id}.");
}
