using System.Text.Json;
using Watchdog.Ledger;
using Watchdog.Ledger.Appeals;

namespace Watchdog.Reports.Api.Shapes;

/// <summary>A whole case as JSON; its names are a contract. What is frozen in the ledger stands in it as it was written.</summary>
internal sealed record WholeCaseJson(
    CaseJson Case, IReadOnlyList<EpisodeJson> Episodes, IReadOnlyList<ActJson> Acts, IReadOnlyList<RequestJson> Requests,
    IReadOnlyList<RulingRecord> Rulings, AppealRecord? Appeal, IReadOnlyList<AuditJson> Audit)
{
    public static WholeCaseJson Of(WholeCase whole) => new(
        CaseJson.Of(whole.Case, whole.Acts is [.., var last] ? last : null),
        [.. whole.Episodes.Select(e => new EpisodeJson(e.EpisodeId, e.Class, e.Onset, e.JoinedAt, e.EndedAt, e.Score, e.Reason, LedgerJson.Embed(e.FindingJson)))],
        [.. whole.Acts.Select(act => ActJson.Of(act, whole.Steps.Where(step => step.ActId == act.Id)))],
        [.. whole.Requests.Select(RequestJson.Of)],
        whole.Rulings,
        whole.Appeal,
        [.. whole.Audit.Select(a => new AuditJson(a.At, a.Actor, a.What, LedgerJson.Embed(a.DataJson), a.RuleVersion, a.EvidenceSha256))]);
}

/// <summary>One class found, with its frozen finding.</summary>
internal sealed record EpisodeJson(
    long EpisodeId, string Class, DateTimeOffset Onset, DateTimeOffset JoinedAt, DateTimeOffset? EndedAt, double Score, string Reason, JsonElement? Finding);

/// <summary>One act.</summary>
internal sealed record ActJson(
    long Id, Guid OperationId, string Kind, string State, bool NeedsPerson, string? ApprovedBy, string Actor, string Reason, string RuleVersion,
    DateTimeOffset ProposedAt, DateTimeOffset? AdmittedAt, DateTimeOffset? DueAt, DateTimeOffset? DoneAt, int Attempts, string? Detail,
    JsonElement? Plan, IReadOnlyList<StepJson> Steps)
{
    public static ActJson Of(ActRecord a, IEnumerable<StepRecord> steps) => new(
        a.Id, a.OperationId, a.Kind, a.State, a.NeedsPerson, a.ApprovedBy, a.Actor, a.Reason, a.RuleVersion, a.ProposedAt, a.AdmittedAt, a.DueAt,
        a.DoneAt, a.Attempts, a.Detail, LedgerJson.Embed(a.PlanJson), [.. steps.Select(StepJson.Of)]);
}

/// <summary>One API call of an act.</summary>
internal sealed record StepJson(
    int Ordinal, string Kind, string Target, string IamAction, JsonElement? Before, JsonElement? Wanted, JsonElement? Undo, string State,
    int Attempts, DateTimeOffset? StartedAt, DateTimeOffset? CalledAt, DateTimeOffset? DoneAt, string? Detail)
{
    public static StepJson Of(StepRecord s) => new(
        s.Ordinal, s.Kind, s.Target, s.IamAction, LedgerJson.Embed(s.BeforeJson), LedgerJson.Embed(s.WantedJson), LedgerJson.Embed(s.UndoJson), s.State,
        s.Attempts, s.StartedAt, s.CalledAt, s.DoneAt, s.Detail);
}

/// <summary>What a person asked for.</summary>
/// <param name="Bulk">The bulk that it is part of; null where it was asked by itself.</param>
/// <param name="NotBefore">Nobody takes it before then; null: at once.</param>
internal sealed record RequestJson(
    long Id, DateTimeOffset At, string Kind, string Actor, int? ExpectedVersion, JsonElement? Payload, string State, long? ActId,
    DateTimeOffset? DoneAt, string? Outcome, long? Bulk, DateTimeOffset? NotBefore)
{
    public static RequestJson Of(RequestRecord r) => new(
        r.Id, r.At, r.Kind, r.Actor, r.ExpectedVersion, LedgerJson.Embed(r.PayloadJson), r.State, r.ActId, r.DoneAt, r.Outcome, r.BulkId, r.NotBefore);
}

/// <summary>One audit line.</summary>
internal sealed record AuditJson(
    DateTimeOffset At, string Actor, string What, JsonElement? Data, string? RuleVersion, string? EvidenceSha256);
