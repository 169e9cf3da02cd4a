using Microsoft.AspNetCore.Http.HttpResults;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Exempting;
using Watchdog.Reports.Api.Shapes;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Api;

/// <summary>
/// <c>/v1/exemptions</c>: for a VM or an owner at once, for what covers more as a proposal, which a second person approves. A key or a token is no
/// person: it can neither propose nor approve.
/// </summary>
public sealed class ExemptionApi(ExemptionBook book, ExemptionDesk desk, Clocks clocks) : IEndpoints
{
    private const string Path = "/v1/exemptions";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync).Describe(Entry.For(Role.Viewer), "list_exemptions", "The exemptions in force, or all there ever were, newest first.");
        routes.MapGet($"{Path}/preview", PreviewAsync).Describe(
            Entry.For(Role.Viewer), "preview_exemption", "Which cases of the last 30 days an exemption would have covered.", StatusCodes.Status400BadRequest);
        routes.MapPost(Path, (Delegate)AddAsync).Takes<ExemptionBody>().Describe(
            Entry.For(Role.Operator), "add_exemption", "Exempt a VM or an owner, or propose it (admins, with a session) for an image, a tag or an executable.", StatusCodes.Status404NotFound,
            StatusCodes.Status409Conflict, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        routes.MapPost($"{Path}/{{id:long}}/end", EndAsync).Takes<WhyBody>().Describe(
            Entry.For(Role.Operator), "end_exemption", "End an exemption before its time; one that covers more than an owner takes an admin.", StatusCodes.Status404NotFound,
            StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        Decide(routes, "approve", "Approve what somebody else proposed; it begins at once.", desk.ApproveAsync);
        Decide(routes, "decline", "Decline a proposed exemption.", desk.DeclineAsync);
    }

    private void Decide(IEndpointRouteBuilder routes, string verb, string summary, Func<long, string, string, DateTimeOffset, CancellationToken, Task<ExemptionAnswer>> decide) => routes
        .MapPost($"{Path}/proposals/{{id:long}}/{verb}", async Task<Results<Ok<ExemptionAnswerJson>, ApiProblem>> (HttpContext context, long id) =>
        {
            var visitor = Visitor.Of(context)!;
            if (!visitor.IsPerson)
            {
                return ApiProblem.Forbidden("A person decides on an exemption for the fleet; a key or a token is none.");
            }

            var (body, wrong) = await ApiBody.ReadAsync<WhyBody>(context);
            return body is null ? wrong! : body.Fault is { } fault ? ApiProblem.Of(AskedAs.Wrong, fault)
                : Answer(await decide(id, visitor.Name, body.Reason!, clocks.Fleet.GetUtcNow(), context.RequestAborted));
        })
        .Takes<WhyBody>()
        .Describe(Entry.For(Role.Admin), $"{verb}_exemption", summary, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status422UnprocessableEntity);

    private async Task<Ok<ExemptionsJson>> ListAsync(bool? all, CancellationToken ct) =>
        TypedResults.Ok(new ExemptionsJson([.. (await book.ListAsync(all ?? false, clocks.Fleet.GetUtcNow(), ct)).Select(of => ExemptionJson.Of(new(of, "")))]));

    private async Task<Results<Ok<ExemptionPreview>, ApiProblem>> PreviewAsync(string kind, string subject, CancellationToken ct) =>
        ExemptionRules.SubjectFault(kind, subject) is { } fault ? ApiProblem.Query("subject", fault) : TypedResults.Ok(await desk.PreviewAsync(kind, subject, clocks.Fleet.GetUtcNow(), ct));

    private async Task<Results<Ok<ExemptionAnswerJson>, ApiProblem>> AddAsync(HttpContext context)
    {
        var (body, wrong) = await ApiBody.ReadAsync<ExemptionBody>(context);
        if (body is null)
        {
            return wrong!;
        }

        if (body.Until is not { } until)
        {
            return ApiProblem.Field("until", "an exemption ends: say when, as an instant such as 2026-01-31T12:00Z.");
        }

        var visitor = Visitor.Of(context)!;
        var order = new ExemptionOrder(body.Kind ?? "", body.Subject ?? "", body.Reason ?? "", until.ToUniversalTime(), body.CaseId, body.ReleaseVersion);
        return ExemptionRules.SubjectFault(order.Kind, order.Subject) is null && Rights.ProposeRefusal(order.Kind, visitor) is { } refusal ? ApiProblem.Forbidden(refusal)
            : Answer(await desk.AddAsync(order, visitor.Name, clocks.Fleet.GetUtcNow(), context.RequestAborted));
    }

    private async Task<Results<Ok<ExemptionsJson>, ApiProblem>> EndAsync(HttpContext context, long id)
    {
        var (ct, now, visitor) = (context.RequestAborted, clocks.Fleet.GetUtcNow(), Visitor.Of(context)!);
        var (body, wrong) = await ApiBody.ReadAsync<WhyBody>(context);
        if (body is null)
        {
            return wrong!;
        }

        if (body.Fault is { } fault)
        {
            return ApiProblem.Of(AskedAs.Wrong, fault);
        }

        if ((await book.ListAsync(false, now, ct)).SingleOrDefault(of => of.Id == id) is not { } there)
        {
            return NotInForce(id);
        }

        return ExemptionRules.NeedsTwo(there.Kind) && visitor.Role < Role.Admin ? OnlyAdmins(visitor)
            : await book.EndAsync(id, body.Reason!, visitor.Name, now, ct) ? TypedResults.Ok(new ExemptionsJson([ExemptionJson.Of(new(there with { EndedAt = now }, ""))]))
            : NotInForce(id);
    }

    private static Results<Ok<ExemptionAnswerJson>, ApiProblem> Answer(ExemptionAnswer answer) => answer.As is AskedAs.Recorded or AskedAs.Again
        ? TypedResults.Ok(ExemptionAnswerJson.Of(answer)) : ApiProblem.Of(answer.As, answer.Sentence);

    private static ApiProblem OnlyAdmins(Visitor visitor) =>
        ApiProblem.Forbidden($"What covers more than one owner takes an admin; {visitor.Name} is {Roles.NameOf(visitor.Role)}.");

    private static ApiProblem NotInForce(long id) => ApiProblem.NotFound($"There is no exemption {id} in force.");
}

/// <param name="Kind">vm, owner, image, tag or executable.</param>
/// <param name="Subject">Instance id, owner, image id, key=value, or the executable's path.</param>
/// <param name="Until">When it ends.</param>
/// <param name="CaseId">The case that gives rise to it, whose VM it covers.</param>
/// <param name="ReleaseVersion">The case's version that was seen, to ask for its release as well.</param>
internal sealed record ExemptionBody(string? Kind, string? Subject, string? Reason, DateTimeOffset? Until, long? CaseId, int? ReleaseVersion);

/// <param name="Reason">Why, in a sentence.</param>
internal sealed record WhyBody(string? Reason)
{
    internal string? Fault => string.IsNullOrWhiteSpace(Reason) || Reason.Length > 500 ? "reason: say why, in 1 to 500 characters." : null;
}
