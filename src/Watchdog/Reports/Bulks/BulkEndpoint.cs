using System.Globalization;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Bulks;

/// <summary><c>/bulk</c> and <c>/bulk/{id}</c>: what was frozen, how it fares, and the ways to start it and to take it back.</summary>
public sealed class BulkEndpoint(BulkDesk desk, SetReads sets, PageDesk pages, Clocks clocks) : IEndpoints
{
    private const int Latest = 50;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/bulk", Entry.For(Role.Viewer), async context =>
            await pages.ShowAsync<BulkListPage>(context, await desk.ListAsync(Latest, context.RequestAborted)));
        routes.MapRead("/bulk/{id:long}", Entry.For(Role.Viewer), context => WithBulkAsync(context, bulk => ShowAsync(context, bulk, null)));
        routes.MapPost("/bulk/{id:long}/start", context => WithBulkAsync(context, bulk => StartAsync(context, bulk))).Admit(Entry.For(Role.Operator));
        routes.MapPost("/bulk/{id:long}/undo", context => WithBulkAsync(context, bulk => UndoAsync(context, bulk))).Admit(Entry.For(Role.Operator));
    }

    private async Task WithBulkAsync(HttpContext context, Func<Bulk, Task> then)
    {
        var id = long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        if (await desk.FindAsync(id, context.RequestAborted) is { } bulk)
        {
            await then(bulk);
            return;
        }

        await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such bulk", $"There is no bulk {id}.");
    }

    private async Task ShowAsync(HttpContext context, Bulk bulk, string? wrong, int status = StatusCodes.Status200OK)
    {
        var (visitor, ct) = (Visitor.Of(context)!, context.RequestAborted);
        var after = long.TryParse(context.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        await pages.ShowAsync<BulkPage>(context, new BulkModel(
            bulk, await sets.FrozenAsync(bulk.Id, ct), await desk.ItemsAsync(bulk.Id, after, SetReads.PageSize, ct), after, MayNot(bulk, visitor), wrong), status);
    }

    private async Task StartAsync(HttpContext context, Bulk bulk)
    {
        var (visitor, ct) = (Visitor.Of(context)!, context.RequestAborted);
        var typed = (await context.Request.ReadFormAsync(ct))["typed"].ToString().Replace(",", "", StringComparison.Ordinal);
        if (Rights.BulkRefusal(bulk.Cases, visitor) is { } refusal)
        {
            await ShowAsync(context, bulk, refusal, StatusCodes.Status403Forbidden);
            return;
        }

        int? count = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        await AnswerAsync(context, bulk, await desk.StartAsync(bulk.Id, visitor.Name, count, clocks.Fleet.GetUtcNow(), ct));
    }

    private async Task UndoAsync(HttpContext context, Bulk bulk) =>
        await AnswerAsync(context, bulk, await desk.UndoAsync(bulk.Id, Visitor.Of(context)!.Name, clocks.Fleet.GetUtcNow(), context.RequestAborted));

    private Task AnswerAsync(HttpContext context, Bulk bulk, Asked asked)
    {
        if (asked.Stands)
        {
            PageDesk.Return(context, string.Create(CultureInfo.InvariantCulture, $"/bulk/{bulk.Id}"));
            return Task.CompletedTask;
        }

        return ShowAsync(context, bulk, asked.Sentence, asked.As == AskedAs.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
    }

    private static string? MayNot(Bulk bulk, Visitor visitor) => bulk.StartedAt is not null ? null
        : bulk.Actor != CleanText.Of(visitor.Name, RequestRules.LongestName) ? BulkRules.StartFault(bulk, visitor.Name, bulk.Cases)
        : visitor.Role < Role.Operator ? $"This needs the role {Roles.NameOf(Role.Operator)}." : Rights.BulkRefusal(bulk.Cases, visitor);
}
