using System.Net.Mime;
using Watchdog.Http;
using Watchdog.Http.Access;

namespace Watchdog.Reports.Health;

/// <summary>
/// <c>GET /readyz</c>: 200 when the database answers, its schema is this program's, and the fleet was seen or another worker sees to it; else 503 and why.
/// </summary>
public sealed class ReadinessEndpoint(Readiness readiness) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/readyz", Entry.ForAll("tells whether the worker is ready, and nothing of VMs"), async context =>
    {
        var (ready, reason) = await readiness.AskAsync(context.RequestAborted);
        if (!ready)
        {
            context.Response.Headers.RetryAfter = "5";
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "not ready", reason);
            return;
        }

        context.Response.ContentType = MediaTypeNames.Text.Plain;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync($"ready: {reason}\n", context.RequestAborted);
    });
}
