namespace Watchdog.Http;

/// <summary>Routes that only read.</summary>
public static class ReadRoutes
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Answers GET and HEAD on a path, and every other method there with 405 and what is allowed.</summary>
    public static void MapRead(this IEndpointRouteBuilder routes, string path, RequestDelegate handler)
    {
        routes.MapMethods(path, Methods, handler);
        routes.Map(path, context =>
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return Problem.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "method not allowed", "This resource is only read: GET or HEAD.");
        });
    }
}
