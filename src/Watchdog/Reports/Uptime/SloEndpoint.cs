using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Uptime;

/// <summary><c>GET /slo</c>: what was promised and kept; <c>/slo/worst</c>: who was down the longest.</summary>
public sealed class SloEndpoint(SloReads reads, PageDesk pages) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/slo", Entry.For(Role.Viewer), async context => await pages.ShowAsync<SloPage>(context, await reads.ReadAsync(context.RequestAborted)));
        routes.MapRead("/slo/worst", Entry.For(Role.Viewer), async context =>
            await pages.ShowAsync<WorstPage>(context, await reads.WorstAsync(context.Request.Query["by"] == "owner", context.RequestAborted)));
    }
}
