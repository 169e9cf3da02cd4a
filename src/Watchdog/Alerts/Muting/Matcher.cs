using Watchdog.Alerts.Telling;

namespace Watchdog.Alerts.Muting;

/// <summary>
/// Which incidents a silence or a maintenance window is about, or which of their members (<see cref="Region"/>, <see cref="Owner"/>, <see cref="Plan"/>). What is null
/// matches any; at least one must not be.
/// </summary>
public sealed record Matcher
{
    /// <summary>One of <see cref="IncidentKinds"/>.</summary>
    public string? Kind { get; set; }

    /// <summary>The incident's technique, e.g. <c>miner</c>.</summary>
    public string? Technique { get; set; }

    /// <summary>The incident's scope, e.g. <c>123456789012/eu-west-1</c>.</summary>
    public string? Scope { get; set; }

    /// <summary>The Region of its members.</summary>
    public string? Region { get; set; }

    /// <summary>The owner of its members: of an incident that hits others too, those are told.</summary>
    public string? Owner { get; set; }

    /// <summary>The plan of its members.</summary>
    public string? Plan { get; set; }

    /// <summary>The severity up to which it holds: an incident that becomes worse is not muted.</summary>
    public Severity? UpTo { get; set; }

    /// <summary>What is wrong with it; null: nothing.</summary>
    public string? Error() =>
        this == new Matcher() ? "it would match every incident: name a kind, technique, scope, Region, owner, plan or severity"
        : Kind is { } kind && !IncidentKinds.All.Contains(kind) ? $"there is no kind '{kind}': {string.Join(", ", IncidentKinds.All)}" : null;

    /// <summary>Whether it is about the whole of an incident.</summary>
    public bool Matches(IncidentKey key, Severity severity, IncidentTally now) =>
        MatchesSome(key, severity) && Same(Region, Regions.Of(key, now)) && Same(Owner, now.OnlyOwner) && Same(Plan, now.OnlyPlan);

    /// <summary>Whether it may be about members of an incident, whichever they are.</summary>
    public bool MatchesSome(IncidentKey key, Severity severity) =>
        Same(Kind, key.Kind) && Same(Technique, key.Technique) && Same(Scope, key.Scope) && (UpTo is not { } most || severity <= most);

    /// <summary>What it matches, in words.</summary>
    public string Words() => string.Join(", ", new[]
    {
        ("kind", Kind), ("technique", Technique), ("scope", Scope), ("region", Region), ("owner", Owner), ("plan", Plan), ("up to", UpTo?.ToString().ToLowerInvariant()),
    }.Where(part => part.Item2 is not null).Select(part => $"{part.Item1} {part.Item2}"));

    private static bool Same(string? wanted, string? is_) => wanted is null || string.Equals(wanted, is_, StringComparison.Ordinal);
}

/// <summary>Where an incident is.</summary>
public static class Regions
{
    /// <summary>The one Region of an incident: its members', or its scope's; null where it has several or none.</summary>
    public static string? Of(IncidentKey key, IncidentTally now) => now.ByRegion is [var one] ? one.Name : now.ByRegion.Count > 0 ? null : Of(key.Scope);

    /// <summary>A scope key's Region; null where it names none.</summary>
    public static string? Of(string scope) => scope.Split('/') is [_, var region] ? region : null;
}
