using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Exempting;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Exempting;

/// <summary>
/// <c>/cases/{id}/exempt</c> and <c>/exemptions/add</c>: the form of an exemption. It is placed only by a form that has shown what it would have covered;
/// sent twice, it is one exemption, since its end is an instant that the form names.
/// </summary>
public sealed class ExemptEndpoint(
    CaseRepository cases, ExemptionDesk desk, ScopeReads scopes, IOptionsMonitor<PolicyOptions> policy, PageDesk pages, Clocks clocks) : IEndpoints
{
    private const int UsualDays = 30;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cases/{id:long}/exempt", context => WithCaseAsync(context, of => ShowAsync(context, of, First("vm"), null))).Admit(Entry.For(Role.Operator));
        routes.MapPost("/cases/{id:long}/exempt", context => WithCaseAsync(context, of => SentAsync(context, of))).Admit(Entry.For(Role.Operator));
        routes.MapGet("/exemptions/add", context => ShowAsync(context, null, First("owner"), null)).Admit(Entry.For(Role.Operator));
        routes.MapPost("/exemptions/add", context => SentAsync(context, null)).Admit(Entry.For(Role.Operator));
    }

    private DateOnly Today => DateOnly.FromDateTime(clocks.Fleet.GetUtcNow().UtcDateTime);

    private DateOnly Last => DateOnly.FromDateTime((clocks.Fleet.GetUtcNow() + policy.CurrentValue.LongestExemption).UtcDateTime);

    private ExemptInput First(string kind) => new(kind, "", Today.AddDays(UsualDays) < Last ? Today.AddDays(UsualDays) : Last);

    private async Task WithCaseAsync(HttpContext context, Func<CaseRecord, Task> then)
    {
        var id = long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        if (await cases.ShowAsync(id, context.RequestAborted) is { } whole)
        {
            await then(whole.Case);
            return;
        }

        await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such case", $"There is no case {id}.");
    }

    private async Task ShowAsync(HttpContext context, CaseRecord? of, ExemptInput input, string? wrong, ExemptionPreview? preview = null, int status = StatusCodes.Status200OK)
    {
        var back = context.Request.HasFormContentType ? context.Request.Form["back"].ToString() : context.Request.Query["back"].ToString();
        var offered = of is null ? [] : await scopes.OfAsync(of, context.RequestAborted);
        await pages.ShowAsync<ExemptPage>(context, new ExemptModel(of, offered, input, preview, Today.AddDays(1), Last,
            OwnPath.Of(back.Length == 0 && of is null ? "/exemptions" : back), wrong), status);
    }

    private async Task SentAsync(HttpContext context, CaseRecord? of)
    {
        var (visitor, now, ct) = (Visitor.Of(context)!, clocks.Fleet.GetUtcNow(), context.RequestAborted);
        var form = await context.Request.ReadFormAsync(ct);
        var input = ExemptInput.Of(form);
        if (of is not null)
        {
            input = input with { Subject = (await scopes.OfAsync(of, ct)).FirstOrDefault(scope => scope.Kind == input.Kind)?.Subject ?? "" };
        }

        int? version = int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null;
        var order = input.Order(of?.Id, version);
        var named = ExemptionRules.SubjectFault(order.Kind, order.Subject) is null;
        var preview = named ? await desk.PreviewAsync(order.Kind, order.Subject, now, ct) : null;
        if (named && Rights.ProposeRefusal(order.Kind, visitor) is { } refusal)
        {
            await ShowAsync(context, of, input, refusal, preview, StatusCodes.Status403Forbidden);
        }
        else if (ExemptionRules.Fault(order, policy.CurrentValue.LongestExemption, now) is { } fault)
        {
            await ShowAsync(context, of, input, fault, preview, StatusCodes.Status422UnprocessableEntity);
        }
        else if (form["step"] != "place")
        {
            await ShowAsync(context, of, input, null, preview);
        }
        else if (input.Seen != input.Scope)
        {
            await ShowAsync(context, of, input, "This is another scope than the one that was shown: look at what it would have covered.", preview, StatusCodes.Status422UnprocessableEntity);
        }
        else
        {
            await PlaceAsync(context, of, input, order, preview);
        }
    }

    private async Task PlaceAsync(HttpContext context, CaseRecord? of, ExemptInput input, ExemptionOrder order, ExemptionPreview? preview)
    {
        var answer = await desk.AddAsync(order, Visitor.Of(context)!.Name, clocks.Fleet.GetUtcNow(), context.RequestAborted);
        if (answer.As is AskedAs.Recorded or AskedAs.Again)
        {
            PageDesk.Return(context, context.Request.Form["back"],
                (ToldReads.Request, answer.Request), (ToldReads.Exemption, answer.Exemption), (ToldReads.Proposal, answer.Exemption is null ? answer.Proposal : null));
            return;
        }

        await ShowAsync(context, of, input, answer.Sentence, preview, answer.As == AskedAs.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
    }
}
