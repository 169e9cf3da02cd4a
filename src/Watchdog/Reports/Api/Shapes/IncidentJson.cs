using Watchdog.Alerts.Telling;

namespace Watchdog.Reports.Api.Shapes;

/// <summary>An incident in JSON; its names are a contract.</summary>
/// <param name="State"><c>settling</c>, <c>told</c>, <c>not told</c>, <c>acknowledged by …</c>, <c>empty</c> or <c>over</c>.</param>
/// <param name="Size">Members that were on at the last look.</param>
/// <param name="Peak">The most there were.</param>
/// <param name="Pages">How often a person was told.</param>
/// <param name="Receivers">Who was told at the last page.</param>
internal sealed record IncidentJson(
    long Id, string State, string Severity, string Kind, string Technique, string Scope, int Size, int Peak, DateTimeOffset OpenedAt, DateTimeOffset? ResolvedAt,
    DateTimeOffset? AckedAt, string? AckedBy, int Pages, int Notifications, IReadOnlyList<string> Receivers)
{
    public static IncidentJson Of(IncidentState of) => new(
        of.Id, StateOf(of), of.Severity.ToString().ToLowerInvariant(), of.Key.Kind, of.Key.Technique, of.Key.Scope, of.Size, of.Peak, of.OpenedAt, of.ResolvedAt,
        of.AckedAt, of.AckedBy, of.Generation, of.Sequence, of.Paged?.Receivers ?? []);

    public static string StateOf(IncidentState of) =>
        of.ResolvedAt is not null ? "over"
        : of.EmptySince is not null ? "empty"
        : of.AckedBy is { } by ? $"acknowledged by {by}"
        : of.Generation > 0 ? "told"
        : of.Mind.StartsWith("dedup none it settles", StringComparison.Ordinal) || of.Mind.Length == 0 ? "settling" : "not told";
}

/// <summary>Incidents as JSON; its names are a contract.</summary>
internal sealed record IncidentsJson(IReadOnlyList<IncidentJson> Incidents);
