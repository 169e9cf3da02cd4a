using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Policy;
using Watchdog.Reports.Quarantine;

namespace Watchdog.Reports.Api;

/// <summary><c>GET /v1/reports/{day}</c>: the quarantine report of the cases opened on one day, UTC, written as it is read; docs/reports.md has its shape.</summary>
public sealed class ReportApi(NpgsqlDataSource database, IOptions<PolicyOptions> policy, Clocks clocks) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/reports/{day}", Show)
        .Produces<JsonElement>(contentType: MediaTypeNames.Application.Json)
        .Describe(Entry.For(Role.Viewer), "show_report", "The quarantine report of one day, yyyy-MM-dd in UTC.", StatusCodes.Status404NotFound);

    private Results<PushStreamHttpResult, ApiProblem> Show(HttpContext context, string day)
    {
        var now = clocks.Fleet.GetUtcNow();
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var of))
        {
            return ApiProblem.NotFound("A report is named by its day, such as 2026-01-31.");
        }

        var since = new DateTimeOffset(of.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return since > now ? ApiProblem.NotFound($"{day} has not begun.") : TypedResults.Stream(async body =>
        {
            await using var text = new StreamWriter(body, new UTF8Encoding(false), leaveOpen: true);
            await new QuarantineReport(database, new EvidenceOnly(), policy.Value.Precision.Window).WriteAsync(new ReportSpan(since, since.AddDays(1), now), new JsonForm(text), context.RequestAborted);
        }, MediaTypeNames.Application.Json);
    }
}
