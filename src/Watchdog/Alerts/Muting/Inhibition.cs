using Watchdog.Alerts.Telling;

namespace Watchdog.Alerts.Muting;

/// <summary>An incident that is on, as far as inhibition asks.</summary>
public sealed record OpenIncident(long Id, IncidentKey Key, Severity Severity, string? Region);

/// <summary>One rule: while a source is on, its targets are not told.</summary>
/// <param name="Why">As the decision says it.</param>
public sealed record InhibitionRule(string Why, Func<OpenIncident, bool> Source, Func<OpenIncident, bool> Target, Func<OpenIncident, OpenIncident, bool> Together);

/// <summary>Which incidents are explained by others: one table. What explains is told, what is explained is kept, and told when it outlives its cause. Pure.</summary>
public static class Inhibition
{
    private static readonly string[] OfTheDatabase = [IncidentKinds.Coverage, IncidentKinds.Outbox, IncidentKinds.Worker];

    /// <summary>The table.</summary>
    public static IReadOnlyList<InhibitionRule> Rules { get; } =
    [
        new("many VMs of its Region went bad at once", Is(IncidentKinds.SloStep), one => one is { Key: { Kind: IncidentKinds.Abuse, Technique: "panic" } }, SameRegion),
        new("the step that burns the budget is told", Is(IncidentKinds.SloStep), Is(IncidentKinds.SloBurn), (step, burn) =>
            burn.Key.Scope == step.Key.Scope && burn.Key.Technique.StartsWith(step.Key.Technique + " ", StringComparison.Ordinal)),
        new("a faster burn of the same objective is told", Is(IncidentKinds.SloBurn), Is(IncidentKinds.SloBurn), (fast, slow) =>
            fast.Key.Scope == slow.Key.Scope && Objective(fast) == Objective(slow) && fast.Severity > slow.Severity),
        new("the brake holds every act", Is(IncidentKinds.Brake), Is(IncidentKinds.Approval), (_, _) => true),
        new("AWS denies a call", Is(IncidentKinds.AwsDenied), one => one.Key.Kind is IncidentKinds.AwsThrottled or IncidentKinds.Coverage, (_, _) => true),
        new("the database is in trouble", Is(IncidentKinds.Database), one => OfTheDatabase.Contains(one.Key.Kind), (_, _) => true),
    ];

    /// <summary>Why an incident is not told, and by which; null where none explains it.</summary>
    public static string? Of(OpenIncident target, IEnumerable<OpenIncident> open) => (
        from rule in Rules
        where rule.Target(target)
        from source in open
        where source.Id != target.Id && rule.Source(source) && rule.Together(source, target)
        select FormattableString.Invariant($"incident {source.Id} explains it: {rule.Why}")).FirstOrDefault();

    /// <summary>An open incident as inhibition sees it.</summary>
    public static OpenIncident Seen(IncidentState incident, IncidentTally now) => new(incident.Id, incident.Key, incident.Severity, Regions.Of(incident.Key, now));

    private static Func<OpenIncident, bool> Is(string kind) => one => one.Key.Kind == kind;

    private static bool SameRegion(OpenIncident one, OpenIncident other) => one.Region is { } region && region == other.Region;

    private static string Objective(OpenIncident burn) => burn.Key.Technique[..Math.Max(0, burn.Key.Technique.LastIndexOf(' '))];
}
