using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Ledger;
using Watchdog.Reports.Api.Shapes;
using Watchdog.Reports.Queue;

namespace Watchdog.Reports.Api;

/// <summary><c>GET /v1/cases</c> and <c>/v1/cases/{id}</c>: in the shapes that <c>watchdog cases</c> prints.</summary>
public sealed class CaseApi(CaseRepository cases, QueueReads queue, Clocks clocks) : IEndpoints
{
    private const int MostAPage = 500;
    private const string Worst = "worst";
    private const string Newest = "newest";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/cases", ListAsync).Describe(
            Entry.For(Role.Viewer), "list_cases",
            "Cases as the queue shows them: by its filters, open ones unless show says otherwise, and worst first; newest first by order=newest, and where show is closed or all. "
            + "A case that stands under another listed one is left to it unless folded is false.", StatusCodes.Status400BadRequest);
        routes.MapGet("/v1/cases/{id:long}", ShowAsync).Describe(
            Entry.For(Role.Viewer), "show_case", "One case whole: evidence, acts with their steps and undo, requests, rulings, audit. Its ETag is its version.", StatusCodes.Status404NotFound);
    }

    private async Task<Results<Ok<CasePageJson>, ApiProblem>> ListAsync(
        string? show, string? @class, string? state, string? owner, short? scope, int? age, string? detector, string? ruling, string? assignee, string? q, string? vm, string? rule,
        [FromQuery(Name = "rule_since")] DateTimeOffset? ruleSince, DateTimeOffset? since, DateTimeOffset? before, bool? folded, string? order, int? limit, string? cursor,
        CancellationToken ct)
    {
        var where = new CasesWhere(show, @class, state, owner, scope, age, detector, ruling, assignee, q, vm, rule, ruleSince, since, before).Said();
        var most = limit ?? 50;
        var worst = (order ?? (where.Show is null or "open" ? Worst : Newest)) == Worst;
        var (below, after) = cursor is null ? default : worst ? (null, CaseCursor.ReadWorst(cursor)) : (CaseCursor.ReadNewest(cursor), (QueuePlace?)null);
        var wrong = where.Fault is var (name, what) ? ApiProblem.Query(name, what)
            : order is not (null or Worst or Newest) ? ApiProblem.Query("order", $"{Worst} or {Newest}.")
            : most is < 1 or > MostAPage ? ApiProblem.Query("limit", $"1 to {MostAPage}.")
            : cursor is not null && below is null && after is null ? ApiProblem.Query("cursor", "it is none that an answer in this order gave as next.")
            : null;
        if (wrong is not null)
        {
            return wrong;
        }

        var filter = where.Filter(clocks.Fleet.GetUtcNow()) with { Limit = most + 1, Folded = folded ?? true, Below = below };
        var found = worst ? await queue.WorstAsync(filter, after, ct) : await cases.ListAsync(filter, ct);
        IReadOnlyList<CaseRecord> page = [.. found.Take(most)];
        var acts = await cases.LatestActsAsync([.. page.Select(of => of.Id)], ct);
        return TypedResults.Ok(new CasePageJson(CaseListJson.Of(page, acts).Cases, found.Count <= most ? null : worst ? CaseCursor.Worst(page[^1]) : CaseCursor.Newest(page[^1])));
    }

    private async Task<Results<Ok<WholeCaseJson>, ApiProblem>> ShowAsync(HttpContext context, long id, CancellationToken ct)
    {
        if (await cases.ShowAsync(id, ct) is not { } whole)
        {
            return ApiProblem.NotFound($"There is no case {id}.");
        }

        context.Response.Headers.ETag = SeenVersion.Tag(whole.Case.Version);
        return TypedResults.Ok(WholeCaseJson.Of(whole));
    }
}
