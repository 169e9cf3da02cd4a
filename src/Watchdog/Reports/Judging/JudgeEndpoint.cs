using System.Globalization;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Ledger;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Judging;

/// <summary>
/// <c>/cases/{id}/release</c> and <c>/cases/{id}/confirm</c>: GET shows the form, POST inserts the request that the actuator carries out. A form bears the version
/// that its reader saw.
/// </summary>
public sealed class JudgeEndpoint(CaseRepository cases, RequestInbox inbox, PageDesk pages, Clocks clocks) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var kind in new[] { RequestKinds.Release, RequestKinds.Confirm })
        {
            routes.MapGet($"/cases/{{id:long}}/{kind}", context => ShowAsync(context, kind, null)).Admit(Entry.For(Role.Operator));
            routes.MapPost($"/cases/{{id:long}}/{kind}", context => AskAsync(context, kind)).Admit(Entry.For(Role.Operator));
        }
    }

    private async Task ShowAsync(HttpContext context, string kind, string? wrong)
    {
        var id = long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        if (await cases.ShowAsync(id, context.RequestAborted) is not { } whole)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such case", $"There is no case {id}.");
            return;
        }

        await pages.ShowAsync<JudgePage>(context, new JudgeModel(whole, kind, OwnPath.Of(context.Request.Query["back"]), wrong),
            wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task AskAsync(HttpContext context, string kind)
    {
        var id = long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (reason, ruling) = (form["reason"].ToString().Trim(), form["ruling"].ToString());
        if (reason.Length is 0 or > 500)
        {
            await ShowAsync(context, kind, "Say why, in 1 to 500 characters: it is what the next reader of the case learns.");
            return;
        }

        if (!int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) || ruling.Length > 0 && !Rulings.All.Contains(ruling))
        {
            await ShowAsync(context, kind, "The form was not whole. It is shown anew; nothing was done.");
            return;
        }

        var asked = await inbox.InsertAsync(
            kind, Visitor.Of(context)!.Name, id, version, new RequestPayload(reason, ruling.Length > 0 ? ruling : null), clocks.Fleet.GetUtcNow(), context.RequestAborted);
        PageDesk.Return(context, form["back"], asked);
    }
}

/// <summary>An act's form.</summary>
/// <param name="Kind">One of <see cref="RequestKinds"/>.</param>
/// <param name="Back">Where to go afterwards.</param>
/// <param name="Wrong">What was wrong with what was sent; null: nothing was sent.</param>
public sealed record JudgeModel(WholeCase Whole, string Kind, string Back, string? Wrong);
