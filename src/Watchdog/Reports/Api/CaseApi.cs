using Microsoft.AspNetCore.Http.HttpResults;
using Watchdog.Detectors.Findings;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Ledger;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Reports.Api;

/// <summary><c>GET /v1/cases</c> and <c>/v1/cases/{id}</c>: in the shapes that <c>watchdog cases</c> prints.</summary>
public sealed class CaseApi(CaseRepository cases) : IEndpoints
{
    private const int MostAPage = 500;
    private static readonly string[] States = [CaseStates.Open, CaseStates.Contained, CaseStates.Confirmed, CaseStates.Released, CaseStates.Closed];
    private static readonly string[] Classes = [.. Enum.GetValues<FindingClass>().Select(Finding.NameOf)];

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/cases", ListAsync).Describe(
            Entry.For(Role.Viewer), "list_cases", "Cases, newest first. A case that stands under another listed one is left to it unless folded is false.", StatusCodes.Status400BadRequest);
        routes.MapGet("/v1/cases/{id:long}", ShowAsync).Describe(
            Entry.For(Role.Viewer), "show_case", "One case whole: evidence, acts with their steps and undo, requests, rulings, audit. Its ETag is its version.", StatusCodes.Status404NotFound);
    }

    private async Task<Results<Ok<CasePageJson>, ApiProblem>> ListAsync(
        bool? open, string? state, string? @class, string? headline, string? owner, string? vm, short? scope, string? assignee, string? ruling, string? rule,
        DateTimeOffset? since, DateTimeOffset? before, bool? folded, int? limit, string? cursor, CancellationToken ct)
    {
        var most = limit ?? 50;
        (long Ticks, long Id) below = default;
        var wrong = OneOf("state", state, States) ?? OneOf("class", @class, Classes) ?? OneOf("headline", headline, Classes) ?? OneOf("ruling", ruling, [.. Rulings.All, ""])
            ?? (most is < 1 or > MostAPage ? ApiProblem.Query("limit", $"1 to {MostAPage}.") : null)
            ?? (cursor is not null && !CaseCursor.TryRead(cursor, out below) ? ApiProblem.Query("cursor", "it is none that an answer gave as next.") : null);
        if (wrong is not null)
        {
            return wrong;
        }

        var found = await cases.ListAsync(new CaseFilter(open, state, @class, owner, vm, since?.ToUniversalTime(), most + 1, folded ?? true)
        {
            Headline = headline, Before = before?.ToUniversalTime(), Scope = scope, Assignee = assignee, Ruling = ruling, Rule = rule,
            Below = cursor is null ? null : (new DateTimeOffset(below.Ticks, TimeSpan.Zero), below.Id),
        }, ct);
        IReadOnlyList<CaseRecord> page = [.. found.Take(most)];
        var acts = await cases.LatestActsAsync([.. page.Select(of => of.Id)], ct);
        return TypedResults.Ok(new CasePageJson(CaseListJson.Of(page, acts).Cases, found.Count > most ? CaseCursor.Write(page[^1]) : null));
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

    private static ApiProblem? OneOf(string name, string? value, IReadOnlyList<string> known) =>
        value is null || known.Contains(value) ? null : ApiProblem.Query(name, $"one of {string.Join(", ", known.Where(one => one.Length > 0))}.");
}
