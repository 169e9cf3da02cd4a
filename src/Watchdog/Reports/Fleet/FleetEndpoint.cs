using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Fleet;

/// <summary><c>GET /fleet</c>: which VMs there are, how much of them is seen, and what Watchdog may do.</summary>
public sealed class FleetEndpoint(FleetReads reads, PageDesk pages) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/fleet", Entry.For(Role.Viewer), async context =>
        await pages.ShowAsync<FleetPage>(context, await reads.ReadAsync(context.RequestAborted)));
}
