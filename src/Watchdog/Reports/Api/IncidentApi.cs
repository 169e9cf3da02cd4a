using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Watchdog.Alerts.Storing;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Reports.Api;

/// <summary><c>GET /v1/incidents</c> and <c>/v1/incidents/{id}</c>: in the shapes that <c>watchdog alerts</c> prints.</summary>
public sealed class IncidentApi(NpgsqlDataSource database) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/incidents", ListAsync).Describe(Entry.For(Role.Viewer), "list_incidents", "Open incidents, or all, newest first.", StatusCodes.Status400BadRequest);
        routes.MapGet("/v1/incidents/{id:long}", ShowAsync).Describe(
            Entry.For(Role.Viewer), "show_incident", "An incident: what it is made of, and every decision about it with its reason.", StatusCodes.Status404NotFound);
    }

    private async Task<Results<Ok<IncidentsJson>, ApiProblem>> ListAsync(bool? all, int? limit, CancellationToken ct) => limit is < 1 or > 500
        ? ApiProblem.Query("limit", "1 to 500.")
        : TypedResults.Ok(new IncidentsJson([.. (await IncidentTable.ListAsync(database, !(all ?? false), limit ?? 100, ct)).Select(IncidentJson.Of)]));

    private async Task<Results<Ok<WholeIncidentJson>, ApiProblem>> ShowAsync(long id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await IncidentTable.FindAsync(connection, null, id, ct) is not { } incident ? ApiProblem.NotFound($"There is no incident {id}.")
            : TypedResults.Ok(WholeIncidentJson.Of(
                incident, (await TallyReads.ReadAsync(connection, null, [id], [], ct)).GetValueOrDefault(id), await IncidentTable.DecisionsAsync(connection, id, ct)));
    }
}
