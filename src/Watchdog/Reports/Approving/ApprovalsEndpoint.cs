using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Policy;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Approving;

/// <summary><c>GET /approvals</c>: what waits for a person. Approving an act is a confirmation of its case, declining it a release.</summary>
public sealed class ApprovalsEndpoint(ApprovalQueue queue, ReachReads reach, PageDesk pages, Clocks clocks) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/approvals", Entry.For(Role.Viewer), async context =>
    {
        var waiting = await queue.ListAsync(ApprovalsModel.MostCases, clocks.Fleet.GetUtcNow(), context.RequestAborted);
        await pages.ShowAsync<ApprovalsPage>(context, new ApprovalsModel(
            waiting, await reach.OfAsync([.. waiting.Cases.Select(one => one.Case.Owner).Distinct()], context.RequestAborted)));
    });
}
