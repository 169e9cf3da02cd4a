using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Workers;

/// <summary><c>GET /workers</c>: who works on this database, what each holds, and whether every loop goes round.</summary>
public sealed class WorkerEndpoint(WorkerReads reads, PageDesk pages) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/workers", Entry.For(Role.Viewer), async context =>
        await pages.ShowAsync<WorkersPage>(context, await reads.ReadAsync(context.RequestAborted)));
}
