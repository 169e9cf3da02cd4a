using Watchdog.Alerts;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Storing;
using Watchdog.Alerts.Telling;

namespace Watchdog.Reports.Api.Shapes;

/// <summary>An incident whole, as JSON; its names are a contract.</summary>
/// <param name="Owners">How many owners its members have; null, as the tallies are, where it has none any more.</param>
/// <param name="Worst">Its ten worst members.</param>
/// <param name="Decisions">Every decision about it, with its reason.</param>
/// <param name="Runbook">What to do, from the repository's root.</param>
internal sealed record WholeIncidentJson(
    IncidentJson Incident, int? Owners, IReadOnlyList<Tally>? ByOwner, IReadOnlyList<Tally>? ByRegion, IReadOnlyList<Tally>? ByType, IReadOnlyList<Tally>? Done,
    IReadOnlyList<MemberJson>? Worst, IReadOnlyList<DecisionJson> Decisions, string Runbook)
{
    public static WholeIncidentJson Of(IncidentState incident, IncidentTally? tally, IReadOnlyList<Decision> decisions) => new(
        IncidentJson.Of(incident), tally?.Owners, tally?.ByOwner, tally?.ByRegion, tally?.ByType, tally?.ByDone,
        tally is null ? null : [.. tally.Ten.Select(one => new MemberJson(one.Member, one.Severity.ToString().ToLowerInvariant(), one.Facts.InstanceId, one.Facts.Owner, one.Facts.Sentence, one.Facts.Done))],
        [.. decisions.Select(one => new DecisionJson(one.At, one.Stage, one.Outcome, one.Reason))], $"docs/runbooks/{KindTable.Of(incident.Key.Kind).Runbook}.md");
}

/// <summary>One member of an incident.</summary>
internal sealed record MemberJson(string Member, string Severity, string? InstanceId, string? Owner, string? Sentence, string? Done);

/// <summary>One decision about an incident.</summary>
internal sealed record DecisionJson(DateTimeOffset At, string Stage, string Outcome, string Reason);
