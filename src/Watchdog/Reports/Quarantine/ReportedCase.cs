using System.Text.Json;
using Watchdog.Detectors.Findings;
using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>One case as the report tells it: all that belongs to it, oldest first.</summary>
/// <param name="Findings">Each episode with its frozen finding; null where this version cannot read it.</param>
/// <param name="Acts">Its acts with what they did.</param>
/// <param name="Timeline">Its lines of the audit trail.</param>
public sealed record ReportedCase(
    CaseRecord Case, IReadOnlyList<(CaseEpisodeRecord Episode, Finding? Finding)> Findings, IReadOnlyList<ReportedAct> Acts,
    IReadOnlyList<RulingRecord> Rulings, IReadOnlyList<AuditRecord> Timeline)
{
    /// <summary>What became of it.</summary>
    public CaseOutcome Outcome => CaseOutcomes.Of(Case.State, [.. Acts.Where(act => CaseOutcomes.Contains(act.Act.Kind)).Select(act => act.Act.State)]);

    /// <summary>How long everything took.</summary>
    public CaseTimes Times => CaseTimes.Of(this);

    /// <summary>The latest ruling; null when nobody has ruled.</summary>
    public RulingRecord? Ruling => Rulings is [.., var last] ? last : null;

    /// <summary>When it was decided to do something: the first act's proposal, else the opening.</summary>
    public DateTimeOffset DecidedAt => Acts is [var first, ..] ? first.Act.ProposedAt : Case.OpenedAt;

    /// <summary>The same of a case that was read for a page or a command; without exhibits.</summary>
    public static ReportedCase Of(WholeCase whole)
    {
        var steps = whole.Steps.ToLookup(step => step.ActId);
        return new(
            whole.Case, [.. whole.Episodes.Select(episode => (episode, FindingOf(episode)))],
            [.. whole.Acts.Select(act => new ReportedAct(act, act.VerificationJson, act.EscalatedFrom, [.. steps[act.Id].Select(step => new ReportedStep(step, step.ExposedAt, step.CoveredAt))], []))],
            whole.Rulings, whole.Audit);
    }

    /// <summary>An episode's frozen finding; null where this version cannot read it.</summary>
    public static Finding? FindingOf(CaseEpisodeRecord episode)
    {
        try
        {
            return LedgerJson.Read<Finding>(episode.FindingJson) is { Evidence: not null } finding ? finding : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>One act of a case.</summary>
/// <param name="VerificationJson">What its verification gathered; null when there was none.</param>
/// <param name="EscalatedFrom">The act whose failure it answers; null for none.</param>
/// <param name="Exhibits">Evidence that was taken before it: kind, instant, bytes.</param>
public sealed record ReportedAct(
    ActRecord Act, string? VerificationJson, long? EscalatedFrom, IReadOnlyList<ReportedStep> Steps,
    IReadOnlyList<(string Kind, DateTimeOffset At, long Bytes)> Exhibits);

/// <summary>One step of an act.</summary>
/// <param name="ExposedAt">From when its interface was, or may have been, open to everybody; null where it never was.</param>
/// <param name="CoveredAt">Until when; null while it still is.</param>
public sealed record ReportedStep(StepRecord Step, DateTimeOffset? ExposedAt, DateTimeOffset? CoveredAt)
{
    /// <summary>When it was done: AWS took the call. That its effect was seen comes later, and of two steps maybe in the other order. Null: it was not begun.</summary>
    public DateTimeOffset? At => Step.CalledAt ?? Step.DoneAt ?? Step.StartedAt;
}
