using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Judging;

/// <summary>
/// <c>/cases/{id}/release</c>, <c>confirm</c>, <c>extend</c>, <c>hand-over</c> and <c>rule</c>: GET shows the form, POST inserts the request that the actuator
/// carries out. A form bears the version that its reader saw, and a key of its own, so that a second click asks for nothing more.
/// </summary>
public sealed class JudgeEndpoint(CaseRepository cases, RequestInbox inbox, OfferReads offers, IOptionsMonitor<PolicyOptions> policy, PageDesk pages, Clocks clocks)
    : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var kind in ActKind.All)
        {
            routes.MapGet($"/cases/{{id:long}}/{kind.Path}", context => WithCaseAsync(context, whole => ShowAsync(context, kind, whole, new ActInput(), null)))
                .Admit(Entry.For(Role.Operator));
            routes.MapPost($"/cases/{{id:long}}/{kind.Path}", context => WithCaseAsync(context, whole => AskAsync(context, kind, whole))).Admit(Entry.For(Role.Operator));
        }
    }

    private async Task WithCaseAsync(HttpContext context, Func<WholeCase, Task> then)
    {
        var id = long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        if (await cases.ShowAsync(id, context.RequestAborted) is { } whole)
        {
            await then(whole);
            return;
        }

        await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such case", $"There is no case {id}.");
    }

    private async Task ShowAsync(HttpContext context, ActKind kind, WholeCase whole, ActInput input, string? wrong, int status = StatusCodes.Status200OK)
    {
        var offered = await offers.ForAsync(Visitor.Of(context)!.Name, context.RequestAborted);
        var back = context.Request.HasFormContentType ? context.Request.Form["back"] : context.Request.Query["back"];
        await pages.ShowAsync<JudgePage>(context, new JudgeModel(
            whole, kind, input, offered, Beforehand.Of(kind.Kind, whole, policy.CurrentValue, clocks.Fleet.GetUtcNow()), Guid.NewGuid().ToString("N"), OwnPath.Of(back), wrong), status);
    }

    private async Task AskAsync(HttpContext context, ActKind kind, WholeCase whole)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (input, key, who) = (ActInput.Of(form), form["key"].ToString(), Visitor.Of(context)!.Name);
        if (!int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            await ShowAsync(context, kind, whole, input, "The form was not whole. It is shown anew; nothing was done.", StatusCodes.Status422UnprocessableEntity);
            return;
        }

        if (input.Fault(kind) is { } fault)
        {
            await ShowAsync(context, kind, whole, input, fault, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        var payload = input.Payload(kind);
        if (Stale(whole, kind, who, version, payload) is { } stale)
        {
            await ShowAsync(context, kind, whole, input, stale, StatusCodes.Status409Conflict);
            return;
        }

        var asked = await inbox.AskAsync(key, kind.Kind, who, whole.Case.Id, version, payload, clocks.Fleet.GetUtcNow(), context.RequestAborted);
        if (asked.Stands)
        {
            PageDesk.Return(context, form["back"], asked.Id);
            return;
        }

        await ShowAsync(context, kind, whole, input, asked.Sentence,
            asked.As == AskedAs.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Why a form of an older version asks for nothing; null where it is not older, or was sent before and taken.</summary>
    internal static string? Stale(WholeCase whole, ActKind kind, string who, int version, RequestPayload payload)
    {
        var of = whole.Case;
        var before = of.Version != version && whole.Requests.Any(request =>
            request.Kind == kind.Kind && request.Actor == who && request.ExpectedVersion == version && LedgerJson.Read<RequestPayload>(request.PayloadJson) == payload);
        return of.Version == version || before ? null
            : $"Case {of.Id} has changed since you opened this form: it is {of.State} now. Look at it anew, and send again what still holds; nothing was done.";
    }
}
