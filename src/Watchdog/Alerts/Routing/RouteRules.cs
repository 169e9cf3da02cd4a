using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Telling;

namespace Watchdog.Alerts.Routing;

/// <summary>Who is told, and why they.</summary>
public sealed record Routed(IReadOnlyList<string> Receivers, string Reason);

/// <summary>Chooses the receivers of a page. Pure.</summary>
public static class RouteRules
{
    /// <summary>Chooses; a critical incident that a route sends nowhere would be a mistake, so what no route matches goes by the default route.</summary>
    /// <param name="receivers">The configured receivers, by name.</param>
    public static Routed Of(RoutingOptions options, IncidentKey key, Severity severity, IncidentTally now, IReadOnlyList<string> receivers, DateTimeOffset at)
    {
        List<string> told = [];
        List<string> by = [];
        for (var number = 0; number < options.Routes.Count; number++)
        {
            var route = options.Routes[number];
            if (!Matches(route, key, severity, now, at))
            {
                continue;
            }

            told.AddRange(route.Receivers.Where(name => receivers.Contains(name)));
            by.Add(route.Name ?? FormattableString.Invariant($"{number}"));
            if (!route.Continue)
            {
                break;
            }
        }

        if (told.Count > 0)
        {
            return new([.. told.Distinct(StringComparer.Ordinal)], $"route {string.Join(" and ", by)}");
        }

        List<string> all = [.. (options.Default.Count > 0 ? options.Default.Where(name => receivers.Contains(name)) : receivers)];
        return new(all, all.Count == 0 ? "no receiver is configured" : "the default route: no other matches");
    }

    private static bool Matches(Route route, IncidentKey key, Severity severity, IncidentTally now, DateTimeOffset at) =>
        severity >= route.From && severity <= route.UpTo
        && (route.Kinds.Count == 0 || route.Kinds.Contains(key.Kind))
        && (route.Scopes.Count == 0 || route.Scopes.Contains(key.Scope) || Regions.Of(key, now) is { } region && route.Scopes.Contains(region))
        && (route.Plans.Count == 0 || now.ByPlan.Any(plan => route.Plans.Contains(plan.Name)))
        && (!route.Hours.Given || route.Hours.Hold(at));
}
