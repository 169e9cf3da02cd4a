using Watchdog.Http;
using Watchdog.Http.Access;

namespace Watchdog.Owners.Appeals;

/// <summary><c>/v1/cases/{id}/appeal</c>: GET and POST of a form by an owner, with a signed link and no key. docs/api.md is its contract.</summary>
public sealed class AppealEndpoint(AppealPage page) : IEndpoints
{
    private const string Path = "/v1/cases/{id}/appeal";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var byLink = Entry.ForAll("the page asks for its signed link itself");
        routes.MapGet(Path, page.ShowAsync).Admit(byLink);
        routes.MapPost(Path, page.ObjectAsync).Admit(byLink);
        routes.Map(Path, context =>
        {
            context.Response.Headers.Allow = "GET, POST";
            return Problem.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "method not allowed", "A link's page is read by GET; what an owner says is sent by POST.");
        }).Admit(Entry.ForAll("tells which methods there are"));
    }
}
