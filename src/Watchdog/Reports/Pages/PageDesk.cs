using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Watchdog.Diagnostics;
using Watchdog.Http.Access;

namespace Watchdog.Reports.Pages;

/// <summary>Shows pages: a page is a component whose parameters are its model, and nothing else is read while it is written.</summary>
public sealed class PageDesk(StandingReads standing, ToldReads reads, Clocks clocks)
{
    /// <summary>Shows a page, a component with parameters <c>Frame</c> and <c>Model</c>.</summary>
    /// <param name="told">What to say of what the visitor has just done; null: what became of what the query names.</param>
    public async Task ShowAsync<TPage>(HttpContext context, object? model, int status = StatusCodes.Status200OK, string? told = null) where TPage : IComponent
    {
        context.Response.Headers.ContentSecurityPolicy = SafeHeaders.PagePolicy;
        var frame = new PageFrame(
            Visitor.Of(context)!, context.Request.Path + context.Request.QueryString, clocks.Fleet.GetUtcNow(), standing.Latest, told ?? await reads.OfAsync(context.Request.Query, context.RequestAborted));
        await new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Frame"] = frame, ["Model"] = model }) { StatusCode = status, PreventStreamingRendering = true }
            .ExecuteAsync(context);
    }

    /// <summary>Sends the visitor back to a page of this site after an act, which then says what became of it.</summary>
    /// <param name="asked">The request that was made; null: none was.</param>
    public static void Return(HttpContext context, string? back, long? asked = null) => Return(context, back, (ToldReads.Request, asked));

    /// <summary>Sends the visitor back to a page of this site after an act, which then says what became of it.</summary>
    /// <param name="made">What was made, by its name in <see cref="ToldReads"/>; a number that is null was not.</param>
    public static void Return(HttpContext context, string? back, params (string Name, long? Id)[] made)
    {
        var path = OwnPath.Without(OwnPath.Of(back), ToldReads.Names);
        foreach (var (name, id) in made)
        {
            path = id is { } number ? OwnPath.With(path, name, number) : path;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }
}
