using System.Text.Json;
using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>When what happened to a case. Read from the audit trail: a release overwrites an act's own end.</summary>
/// <param name="Onset">When the behaviour began, by the earliest of its episodes; null without any.</param>
/// <param name="Detected">The case's opening.</param>
/// <param name="Contained">AWS had accepted every call of a containing act; null when none came so far.</param>
/// <param name="Verified">The effect was seen; null when it was not.</param>
/// <param name="Ruled">Somebody ruled for the first time; null when nobody has.</param>
/// <param name="Released">What was done was undone; null when it was not.</param>
/// <param name="Exposures">Seconds that each interface was open between two groups; NaN for one that still is.</param>
public sealed record CaseTimes(
    DateTimeOffset? Onset, DateTimeOffset Detected, DateTimeOffset? Contained, DateTimeOffset? Verified, DateTimeOffset? Ruled, DateTimeOffset? Released,
    IReadOnlyList<double> Exposures)
{
    /// <summary>Minutes from the onset to an instant; null where either is unknown.</summary>
    public double? MinutesTo(DateTimeOffset? at) => at - Onset is { } span ? span.TotalMinutes : null;

    /// <summary>Minutes from the case's opening, from which on somebody could rule, to the first ruling; null when nobody has.</summary>
    public double? MinutesToRuling => (Ruled - Detected)?.TotalMinutes;

    /// <summary>Reads them.</summary>
    public static CaseTimes Of(ReportedCase of)
    {
        var containing = of.Acts.Where(act => CaseOutcomes.Contains(act.Act.Kind)).Select(act => act.Act.Id).ToHashSet();
        return new CaseTimes(
            of.Findings.Count == 0 ? null : of.Findings.Min(f => f.Episode.Onset),
            of.Case.OpenedAt,
            First("act.applied", "act.verified", "act.unverifiable"),
            First("act.verified"),
            of.Rulings.Min(ruling => (DateTimeOffset?)ruling.At),
            of.Timeline.FirstOrDefault(line => line.What == "case.released")?.At,
            [.. of.Acts.SelectMany(act => act.Steps).Where(step => step.ExposedAt is not null)
                .Select(step => step.CoveredAt - step.ExposedAt is { } open ? open.TotalSeconds : double.NaN)]);

        DateTimeOffset? First(params string[] what) =>
            of.Timeline.Where(line => what.Contains(line.What) && ActOf(line) is { } act && containing.Contains(act)).Min(line => (DateTimeOffset?)line.At);
    }

    private static long? ActOf(AuditRecord line)
    {
        using var data = JsonDocument.Parse(line.DataJson);
        return data.RootElement.ValueKind == JsonValueKind.Object && data.RootElement.TryGetProperty("act", out var act)
            && act.ValueKind == JsonValueKind.Number && act.TryGetInt64(out var id) ? id : null;
    }
}
