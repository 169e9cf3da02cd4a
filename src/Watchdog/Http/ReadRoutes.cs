using Watchdog.Http.Access;

namespace Watchdog.Http;

/// <summary>Routes that only read.</summary>
public static class ReadRoutes
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Answers GET and HEAD on a path, and every other method there with 405 and what is allowed.</summary>
    /// <param name="entry">Who may read.</param>
    public static void MapRead(this IEndpointRouteBuilder routes, string path, Entry entry, RequestDelegate handler)
    {
        routes.MapMethods(path, Methods, handler).Admit(entry);
        routes.Map(path, context =>
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return Problem.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "method not allowed", "This resource is only read: GET or HEAD.");
        }).Admit(Entry.ForAll("tells which methods there are"));
    }
}
