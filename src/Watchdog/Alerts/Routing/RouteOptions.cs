namespace Watchdog.Alerts.Routing;

/// <summary>Section <c>Alerts:Routing</c>: who is told of what. Rotas and escalation are the receivers' work.</summary>
public sealed class RoutingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Alerts:Routing";

    /// <summary>Routes, asked in their order; the first that matches is taken, and the next ones too while it says <c>Continue</c>. Empty by default.</summary>
    public List<Route> Routes { get; set; } = [];

    /// <summary>Receivers of what no route matches, by name. Empty (default): all that are configured.</summary>
    public List<string> Default { get; set; } = [];

    /// <summary>What is wrong, by name.</summary>
    /// <param name="receivers">The configured receivers.</param>
    internal IEnumerable<string> Errors(IReadOnlyList<string> receivers)
    {
        for (var at = 0; at < Routes.Count; at++)
        {
            var route = Routes[at];
            if (route.Receivers.Count == 0)
            {
                yield return $"{Section}:Routes:{at} names no receiver.";
            }

            foreach (var unknown in route.Receivers.Except(receivers, StringComparer.Ordinal))
            {
                yield return $"{Section}:Routes:{at} names receiver '{unknown}', which is none of those in Alerts:Receivers that are told of incidents.";
            }

            foreach (var unknown in route.Kinds.Except(IncidentKinds.All, StringComparer.Ordinal))
            {
                yield return $"{Section}:Routes:{at} names kind '{unknown}', which does not exist: {string.Join(", ", IncidentKinds.All)}.";
            }

            if (route.Hours.Error() is { } wrong)
            {
                yield return $"{Section}:Routes:{at}:Hours: {wrong}.";
            }
        }

        foreach (var unknown in Default.Except(receivers, StringComparer.Ordinal))
        {
            yield return $"{Section}:Default names receiver '{unknown}', which is none of those in Alerts:Receivers that are told of incidents.";
        }
    }
}

/// <summary>One route: every part that is given must match.</summary>
public sealed class Route
{
    /// <summary>The name in decisions; its number where it has none.</summary>
    public string? Name { get; set; }

    /// <summary>The least severity.</summary>
    public Severity From { get; set; } = Severity.Info;

    /// <summary>The greatest severity.</summary>
    public Severity UpTo { get; set; } = Severity.Critical;

    /// <summary>Kinds; empty: any.</summary>
    public List<string> Kinds { get; set; } = [];

    /// <summary>Scopes, or Regions; empty: any.</summary>
    public List<string> Scopes { get; set; } = [];

    /// <summary>Owners' plans, of which at least one member's must be one; empty: any.</summary>
    public List<string> Plans { get; set; } = [];

    /// <summary>The days and the time of day at which it matches, on a zone's clock: the hours of a team. Default: always.</summary>
    public AlertHours Hours { get; set; } = new();

    /// <summary>Who is told, by the names in <c>Alerts:Receivers</c>.</summary>
    public List<string> Receivers { get; set; } = [];

    /// <summary>Whether the next routes are asked too.</summary>
    public bool Continue { get; set; }
}
