using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Watchdog.Diagnostics;
using Watchdog.Http.Access;
using Watchdog.Ledger;

namespace Watchdog.Reports.Pages;

/// <summary>Shows pages: a page is a component whose parameters are its model, and nothing else is read while it is written.</summary>
public sealed class PageDesk(StandingReads standing, RequestInbox inbox, Clocks clocks)
{
    /// <summary>The query's name of the request that the visitor has just made: the page says what became of it.</summary>
    public const string Asked = "asked";

    /// <summary>Shows a page, a component with parameters <c>Frame</c> and <c>Model</c>.</summary>
    /// <param name="told">What to say of what the visitor has just done; null: what became of the request that the query names.</param>
    public async Task ShowAsync<TPage>(HttpContext context, object? model, int status = StatusCodes.Status200OK, string? told = null) where TPage : IComponent
    {
        context.Response.Headers.ContentSecurityPolicy = SafeHeaders.PagePolicy;
        var frame = new PageFrame(
            Visitor.Of(context)!, context.Request.Path + context.Request.QueryString, clocks.Fleet.GetUtcNow(), standing.Latest, told ?? await ToldAsync(context));
        await new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Frame"] = frame, ["Model"] = model }) { StatusCode = status, PreventStreamingRendering = true }
            .ExecuteAsync(context);
    }

    /// <summary>Sends the visitor back to a page of this site after an act, which then says what became of it.</summary>
    public static void Return(HttpContext context, string? back, long? asked = null)
    {
        var path = OwnPath.Of(back);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = asked is { } id ? OwnPath.With(path, Asked, id) : path;
    }

    private async Task<string?> ToldAsync(HttpContext context) =>
        long.TryParse(context.Request.Query[Asked], out var id) && await inbox.FindAsync(id, context.RequestAborted) is { } request
            ? request.Outcome is { } outcome ? $"Case {request.CaseId}, {request.Kind}: {request.State}. {outcome}"
                : $"Case {request.CaseId}: {request.Kind} is asked for; the worker that holds the lease carries it out within seconds."
            : null;
}
