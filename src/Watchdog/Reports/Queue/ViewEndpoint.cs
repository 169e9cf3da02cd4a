using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Queue;

/// <summary><c>POST /views</c> and <c>/views/{id}/delete</c>: a visitor's own views of the queue.</summary>
public sealed class ViewEndpoint(ViewBook views) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/views", SaveAsync).Admit(Entry.For(Role.Viewer));
        routes.MapPost("/views/{id:long}/delete", DeleteAsync).Admit(Entry.For(Role.Viewer));
    }

    private async Task SaveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        // Only what a filter means is kept, never the address as it was sent.
        var filter = QueueFilter.Of(new QueryCollection(QueryHelpers.ParseQuery(form["query"].ToString())));
        if (await views.SaveAsync(Visitor.Of(context)!.Name, form["name"].ToString(), filter, context.RequestAborted) is { } wrong)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status422UnprocessableEntity, "view not saved", wrong);
            return;
        }

        PageDesk.Return(context, filter.Href());
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var id = long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        await views.DeleteAsync(Visitor.Of(context)!.Name, id, context.RequestAborted);
        PageDesk.Return(context, (await context.Request.ReadFormAsync(context.RequestAborted))["back"]);
    }
}
