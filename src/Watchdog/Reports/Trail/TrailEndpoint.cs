using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Trail;

/// <summary><c>GET /audit</c>: who did what, when, from where; and whether the trail's seals hold.</summary>
public sealed class TrailEndpoint(TrailReads reads, PageDesk pages) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/audit", Entry.For(Role.Viewer), async context =>
    {
        var filter = TrailFilter.Of(context.Request.Query);
        await pages.ShowAsync<TrailPage>(
            context, await reads.ReadAsync(filter, context.Request.Query["verify"] == "1", context.RequestAborted),
            filter.Wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    });
}
