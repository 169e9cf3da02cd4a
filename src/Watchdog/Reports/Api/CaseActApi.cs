using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Ledger;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Reports.Api;

/// <summary>
/// <c>POST /v1/cases/{id}/release|confirm|extend|rule|hand-over</c>: each inserts the request that the actuator carries out, about the version that the asker has
/// seen; the answer names the request, and <c>GET /v1/requests/{id}</c> tells what became of it.
/// </summary>
public sealed class CaseActApi(CaseRepository cases, RequestInbox inbox, Clocks clocks) : IEndpoints
{
    private const int LongestReason = 500;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        Map<ReleaseBody>(routes, "release", RequestKinds.Release, "Ask for a release: what was done to the VM is undone, and what waits is withdrawn.");
        Map<ConfirmBody>(routes, "confirm", RequestKinds.Confirm, "Say that the case is right: what is proposed is approved, what was done stays.");
        Map<ExtendBody>(routes, "extend", RequestKinds.Extend, "Put a contained case's clock off.");
        Map<RuleBody>(routes, "rule", RequestKinds.Rule, "Record a ruling, also on a closed case; no act follows.");
        Map<HandOverBody>(routes, "hand-over", RequestKinds.HandOver, "Give the case to a person or a team, with a note; no act follows.");
        routes.MapGet("/v1/requests/{id:long}", ShowAsync).Describe(
            Entry.For(Role.Viewer), "show_request", "What became of a request: open, accepted (under way), done, refused, failed or withdrawn.", StatusCodes.Status404NotFound);
    }

    private void Map<TBody>(IEndpointRouteBuilder routes, string path, string kind, string summary) where TBody : class, IActBody => routes
        .MapPost($"/v1/cases/{{id:long}}/{path}", (
            HttpContext context, long id, [FromHeader(Name = "Idempotency-Key")] string? key, [FromHeader(Name = "If-Match")] string? seen) => AskAsync<TBody>(context, id, kind, key, seen))
        .Takes<TBody>()
        .Describe(Entry.For(Role.Operator), $"{kind}_case", summary, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status422UnprocessableEntity, StatusCodes.Status428PreconditionRequired);

    private async Task<Results<Accepted<RequestJson>, Ok<RequestJson>, ApiProblem>> AskAsync<TBody>(HttpContext context, long id, string kind, string? key, string? seen)
        where TBody : class, IActBody
    {
        var ct = context.RequestAborted;
        var (body, wrong) = await ApiBody.ReadAsync<TBody>(context);
        if (body is null)
        {
            return wrong!;
        }

        var payload = body.Payload;
        if ((RequestRules.Fault(kind, payload) ?? (payload.Reason.Length > LongestReason ? $"A reason has {LongestReason} characters at most." : null)) is { } fault)
        {
            return ApiProblem.Of(AskedAs.Wrong, fault);
        }

        (var version, wrong) = SeenVersion.Read(seen, body.Version);
        if (wrong is not null)
        {
            return wrong;
        }

        var actor = Visitor.Of(context)!.Name;
        // Repeated, it is answered with what came of it, however far the case has moved since: by that very request, as a rule.
        if ((key is null || !await inbox.KnowsAsync(actor, key, ct)) && await MovedAsync(id, version, ct) is { } moved)
        {
            return moved;
        }

        var asked = await inbox.AskAsync(key, kind, actor, id, version, payload, clocks.Fleet.GetUtcNow(), ct);
        if (!asked.Stands)
        {
            return ApiProblem.Of(asked.As, asked.Sentence);
        }

        var request = RequestJson.Of((await inbox.FindAsync(asked.Id!.Value, ct))!);
        return asked.As == AskedAs.Recorded ? TypedResults.Accepted($"/v1/requests/{request.Id}", request) : TypedResults.Ok(request);
    }

    // The desk asks again when it takes the request; here the asker learns it at once.
    private async Task<ApiProblem?> MovedAsync(long id, int? seen, CancellationToken ct) =>
        await cases.ListAsync(new CaseFilter(Limit: 1, Folded: false) { Ids = [id] }, ct) is not [var now] ? ApiProblem.NotFound($"There is no case {id}.")
        : seen is { } version && version != now.Version
            ? ApiProblem.Of(AskedAs.Conflict, $"Case {id} is at version {now.Version}; you have seen {version}. Look at it again; nothing was asked for.") : null;

    private async Task<Results<Ok<RequestJson>, ApiProblem>> ShowAsync(long id, CancellationToken ct) =>
        await inbox.FindAsync(id, ct) is { } request ? TypedResults.Ok(RequestJson.Of(request)) : ApiProblem.NotFound($"There is no request {id}.");
}
