using System.Net.Mime;
using Watchdog.Http.Access;

namespace Watchdog.Http.Api;

/// <summary>Declares endpoints of the JSON API with all that its description tells of them.</summary>
public static class ApiRoutes
{
    // Whoever asks may meet these anywhere.
    private static readonly int[] Everywhere = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable];

    /// <summary>Says who may enter, what it does, and how it refuses.</summary>
    /// <param name="name">Its operation's name, snake_case.</param>
    /// <param name="summary">What it does, in a sentence.</param>
    /// <param name="problems">Status codes of its own refusals.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, Entry entry, string name, string summary, params int[] problems)
    {
        route.Admit(entry).WithName(name).WithSummary(summary);
        foreach (var status in Everywhere.Concat(problems).Distinct().Order())
        {
            route.ProducesProblem(status);
        }

        return route;
    }

    /// <summary>Says what its body holds, in a form of it. Not by the framework's own metadata: that answers a body of another type with 404 here.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, string type = MediaTypeNames.Application.Json) => route.WithMetadata(new BodyOf(typeof(T), type));

    /// <summary>Says which of the description's schemes opens it, where no role and no key's scope does, or besides those.</summary>
    public static RouteHandlerBuilder OpensBy(this RouteHandlerBuilder route, string scheme) => route.WithMetadata(new OpenedBy(scheme));

    /// <summary>Says of a page for an owner with a signed link what it does, and how it refuses.</summary>
    /// <param name="problems">Status codes of its own refusals; each is a page as well.</param>
    public static RouteHandlerBuilder DescribePage(this RouteHandlerBuilder route, string name, string summary, params int[] problems)
    {
        route.Admit(Entry.ForAll("the page asks for its signed link itself")).OpensBy(ApiSchemes.Link).WithName(name).WithSummary(summary);
        foreach (var status in problems.Append(StatusCodes.Status200OK).Append(StatusCodes.Status403Forbidden).Append(StatusCodes.Status404NotFound).Append(StatusCodes.Status410Gone).Order())
        {
            route.Produces<string>(status, MediaTypeNames.Text.Html);
        }

        return route;
    }
}

/// <summary>What an endpoint's body holds, and as what it is sent.</summary>
internal sealed record BodyOf(Type Type, string MediaType);

/// <summary>A scheme of the description that opens an endpoint.</summary>
internal sealed record OpenedBy(string Scheme);
