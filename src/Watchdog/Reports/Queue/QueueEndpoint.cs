using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Queue;

/// <summary><c>GET /cases</c>: the queue; <c>/</c> leads there.</summary>
public sealed class QueueEndpoint(QueueCache queue, ViewBook views, PageDesk pages) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", context =>
        {
            context.Response.Redirect(OwnPath.Home);
            return Task.CompletedTask;
        }).Admit(Entry.For(Role.Viewer));
        routes.MapRead("/cases", Entry.For(Role.Viewer), async context =>
        {
            var ct = context.RequestAborted;
            var model = await queue.ReadAsync(QueueFilter.Of(context.Request.Query), ct);
            await pages.ShowAsync<QueuePage>(context, model with { Views = await views.OfAsync(Visitor.Of(context)!.Name, ct) });
        });
    }
}
