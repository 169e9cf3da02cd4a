using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Reports.Api;

/// <summary><c>GET /v1/vms/{id}</c>: what inventory knows of a VM, and its cases, newest first.</summary>
public sealed class VmApi(NpgsqlDataSource database, CaseRepository cases) : IEndpoints
{
    private const int MostCases = 100;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/vms/{id}", ShowAsync).Describe(
        Entry.For(Role.Viewer), "show_vm", $"What inventory knows of a VM, and its cases, newest first; {MostCases} at most.", StatusCodes.Status404NotFound);

    private async Task<Results<Ok<VmJson>, ApiProblem>> ShowAsync(string id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (await VmSheet.ReadAsync(connection, id, ct) is not { } sheet)
        {
            return ApiProblem.NotFound("Inventory has never listed a VM of this id.");
        }

        var found = await cases.ListAsync(new CaseFilter(InstanceId: id, Limit: MostCases), ct);
        return TypedResults.Ok(new VmJson(sheet, CaseListJson.Of(found, await cases.LatestActsAsync([.. found.Select(of => of.Id)], ct)).Cases));
    }
}

/// <summary>A VM.</summary>
internal sealed record VmJson(VmSheet Vm, IReadOnlyList<CaseJson> Cases);
