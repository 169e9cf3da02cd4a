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

    /// <summary>Says what its body holds. Not by the framework's own metadata: that answers a body of another type with 404 here.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route) => route.WithMetadata(new BodyOf(typeof(T)));
}

/// <summary>What an endpoint's body holds.</summary>
internal sealed record BodyOf(Type Type);
