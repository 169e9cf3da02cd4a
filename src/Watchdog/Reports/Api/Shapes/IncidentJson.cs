using Watchdog.Alerts.Telling;

namespace Watchdog.Reports.Api.Shapes;

/// <summary>An incident in JSON; its names are a contract.</summary>
/// <param name="State"><see cref="IncidentState.Stands"/>.</param>
/// <param name="Size">Members that were on at the last look.</param>
/// <param name="Peak">The most there were.</param>
/// <param name="Pages">How often a person was told.</param>
/// <param name="Receivers">Who was told at the last page.</param>
internal sealed record IncidentJson(
    long Id, string State, string Severity, string Kind, string Technique, string Scope, int Size, int Peak, DateTimeOffset OpenedAt, DateTimeOffset? ResolvedAt,
    DateTimeOffset? AckedAt, string? AckedBy, int Pages, int Notifications, IReadOnlyList<string> Receivers)
{
    public static IncidentJson Of(IncidentState of) => new(
        of.Id, of.Stands, of.Severity.ToString().ToLowerInvariant(), of.Key.Kind, of.Key.Technique, of.Key.Scope, of.Size, of.Peak, of.OpenedAt, of.ResolvedAt,
        of.AckedAt, of.AckedBy, of.Generation, of.Sequence, of.Paged?.Receivers ?? []);
}

/// <summary>Incidents as JSON; its names are a contract.</summary>
internal sealed record IncidentsJson(IReadOnlyList<IncidentJson> Incidents);
