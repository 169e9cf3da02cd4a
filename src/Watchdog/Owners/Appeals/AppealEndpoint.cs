using System.Net.Mime;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;

namespace Watchdog.Owners.Appeals;

/// <summary><c>/v1/cases/{id}/appeal</c>: GET and POST of a form by an owner, with a signed link and no key. docs/api.md is its contract.</summary>
public sealed class AppealEndpoint(AppealPage page) : IEndpoints
{
    private const string Path = "/v1/cases/{id}/appeal";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (Delegate)page.ShowAsync).DescribePage(
            "show_appeal_page", "The page of a case for its VM's owner, as far as it is fit for them; it changes nothing.", StatusCodes.Status429TooManyRequests);
        routes.MapPost(Path, (Delegate)page.ObjectAsync).Takes<AppealForm>(MediaTypeNames.Application.FormUrlEncoded).DescribePage(
            "appeal_case", "Take once what the owner says for it, and start the review's clock.", StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status429TooManyRequests);
        routes.Map(Path, context =>
        {
            context.Response.Headers.Allow = "GET, POST";
            return Problem.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "method not allowed", "A link's page is read by GET; what an owner says is sent by POST.");
        }).Admit(Entry.ForAll("tells which methods there are"));
    }
}

/// <param name="Words">What the owner says, in up to 1,000 characters.</param>
internal sealed record AppealForm(string Words);
