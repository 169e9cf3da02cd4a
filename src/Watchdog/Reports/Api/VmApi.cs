using Microsoft.AspNetCore.Http.HttpResults;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Ledger;
using Watchdog.Reports.Api.Shapes;
using Watchdog.Reports.Vms;

namespace Watchdog.Reports.Api;

/// <summary><c>GET /v1/vms/{id}</c>: what its page tells of a VM, by the same reader. It shows what is stored and asks nobody.</summary>
public sealed class VmApi(VmReads reads, CaseRepository cases, Clocks clocks) : IEndpoints
{
    private const int LongestId = 200;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/vms/{id}", ShowAsync).Describe(
        Entry.For(Role.Viewer), "show_vm",
        $"A VM: what is known of it, why it was touched or not, what keeps it on and when it would stop, its uptime of 30 days by cause, holds, exemption, and its cases, newest first, {VmReads.MostCases} at most.",
        StatusCodes.Status404NotFound);

    private async Task<Results<Ok<VmJson>, ApiProblem>> ShowAsync(string id, CancellationToken ct) =>
        id.Length > LongestId || await reads.ReadAsync(id, ct) is not { } model ? ApiProblem.NotFound("Inventory has never listed a VM of this id.")
            : TypedResults.Ok(VmJson.Of(model, CaseListJson.Of(model.Cases, await cases.LatestActsAsync([.. model.Cases.Select(of => of.Id)], ct)).Cases, clocks.Fleet.GetUtcNow()));
}
