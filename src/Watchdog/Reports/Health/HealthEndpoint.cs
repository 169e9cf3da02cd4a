using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Keys;

namespace Watchdog.Reports.Health;

/// <summary>
/// <c>GET /healthz/detail</c>, with a key of scope <c>health:read</c>: every loop with its last success, as JSON, or as a page where HTML is preferred.
/// 503 when a loop is unhealthy.
/// </summary>
public sealed class HealthEndpoint(HealthReads reads) : IEndpoints
{
    private static readonly JsonSerializerOptions Shape = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/healthz/detail", Entry.WithKey(KeyScopes.HealthRead), AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        var report = await reads.ReadAsync(context.RequestAborted);
        var page = context.Request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase);
        var answer = context.Response;
        answer.StatusCode = report.State == LoopState.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        answer.ContentType = page ? "text/html; charset=utf-8" : MediaTypeNames.Application.Json;
        answer.Headers.CacheControl = "no-store";
        answer.Headers.Vary = "Accept";
        answer.Headers.ContentSecurityPolicy = "default-src 'none'";
        await answer.WriteAsync(page ? HealthPage.Of(report) : JsonSerializer.Serialize(report, Shape), context.RequestAborted);
    }
}
