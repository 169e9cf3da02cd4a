using System.Net.Mime;
using Watchdog.Http.Access;

namespace Watchdog.Http;

/// <summary>
/// <c>GET /livez</c>: the process answers. It asks nothing else, or an absence of the database would have every worker started anew.
/// </summary>
public sealed class LivenessEndpoint : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/livez", Entry.ForAll("tells nothing but that the process answers"), context =>
    {
        context.Response.ContentType = MediaTypeNames.Text.Plain;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync("alive\n", context.RequestAborted);
    });
}
