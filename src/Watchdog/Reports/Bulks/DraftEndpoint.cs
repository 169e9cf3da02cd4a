using System.Globalization;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Policy.Bulks;
using Watchdog.Reports.Judging;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Bulks;

/// <summary><c>/cases/bulk</c>: GET shows which cases a filter or a selection stands for, and asks what to do with them; POST freezes exactly those.</summary>
public sealed class DraftEndpoint(SetReads sets, BulkDesk desk, OfferReads offers, PageDesk pages, Clocks clocks) : IEndpoints
{
    private static readonly SetCounts Nothing = SetCounts.Of([]);

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cases/bulk", context => ShowAsync(
            context, BulkSet.Of(context.Request.Query), ActKind.Of(context.Request.Query["act"]) ?? ActKind.All[0], new ActInput(), null)).Admit(Entry.For(Role.Operator));
        routes.MapPost("/cases/bulk", FreezeAsync).Admit(Entry.For(Role.Operator));
    }

    private async Task ShowAsync(HttpContext context, BulkSet set, ActKind kind, ActInput input, string? wrong)
    {
        var (visitor, ct) = (Visitor.Of(context)!, context.RequestAborted);
        var page = int.TryParse(context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 10_000) : 1;
        var (counts, members) = set.Cases(clocks.Fleet.GetUtcNow()) is { } filter ? await sets.MatchingAsync(filter, page, ct) : (Nothing, []);
        await pages.ShowAsync<DraftPage>(
            context, new DraftModel(
                set, counts, members, page, kind, input, await offers.ForAsync(visitor.Name, ct), Rights.BulkRefusal(counts.Total, visitor) ?? TooMany(counts.Total), wrong),
            wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task FreezeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (set, input, now) = (BulkSet.Of(form["set"].ToString()), ActInput.Of(form), clocks.Fleet.GetUtcNow());
        if (ActKind.Of(form["act"]) is not { } kind)
        {
            await ShowAsync(context, set, ActKind.All[0], input, "It is not clear which act is meant: nothing was frozen.");
            return;
        }

        if ((input.Fault(kind) ?? (set.Cases(now) is null ? "It is not clear which cases are meant: nothing was frozen." : null)) is { } fault)
        {
            await ShowAsync(context, set, kind, input, fault);
            return;
        }

        var asked = await desk.FreezeAsync(kind.Kind, input.Payload(kind), set.Cases(now)!, Visitor.Of(context)!.Name, now, context.RequestAborted);
        if (!asked.Stands)
        {
            await ShowAsync(context, set, kind, input, asked.Sentence);
            return;
        }

        PageDesk.Return(context, string.Create(CultureInfo.InvariantCulture, $"/bulk/{asked.Id}"));
    }

    private static string? TooMany(int cases) => cases > BulkRules.MostCases ? BulkRules.FreezeFault(cases) : null;
}
