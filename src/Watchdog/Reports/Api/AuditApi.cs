using Microsoft.AspNetCore.Http.HttpResults;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Ledger.Auditing;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Reports.Api;

/// <summary><c>GET /v1/audit</c>: the trail, newest first.</summary>
public sealed class AuditApi(AuditTrail trail) : IEndpoints
{
    private const int MostAPage = 500;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/audit", ListAsync).Describe(
        Entry.For(Role.Viewer), "list_audit", "The audit trail's lines, newest first; before is the next of the page before.", StatusCodes.Status400BadRequest);

    private async Task<Results<Ok<AuditPageJson>, ApiProblem>> ListAsync(string? subject, string? actor, DateTimeOffset? since, long? before, int? limit, CancellationToken ct)
    {
        var most = limit ?? 50;
        if (most is < 1 or > MostAPage)
        {
            return ApiProblem.Query("limit", $"1 to {MostAPage}.");
        }

        var lines = await trail.ListAsync(new AuditFilter(subject, actor, since?.ToUniversalTime(), most + 1) { Before = before }, ct);
        AuditLineJson[] page = [.. lines.Take(most).Select(AuditLineJson.Of)];
        return TypedResults.Ok(new AuditPageJson(page, lines.Count > most ? page[^1].Id : null));
    }
}

/// <summary>A page of the trail.</summary>
/// <param name="Next">What to send as before for the next page; null: this is the last.</param>
internal sealed record AuditPageJson(IReadOnlyList<AuditLineJson> Lines, long? Next);
