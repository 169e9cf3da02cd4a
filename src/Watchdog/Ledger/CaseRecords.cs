using Watchdog.Ledger.Appeals;

namespace Watchdog.Ledger;

/// <summary>A row of <c>case_file</c>: what a person reviews.</summary>
/// <param name="Class">The most severe class found, lower case.</param>
/// <param name="Score">Probability 0 to 1 of that class when it joined.</param>
/// <param name="LeadCase">The first case of the owner's batch that it belongs to; null when it is none or the first itself.</param>
/// <param name="Followers">How many cases stand under it.</param>
/// <param name="Clock">What happens while it is contained and nobody confirms or releases it; null: nothing.</param>
/// <param name="Assignee">Who has taken it on, a person or a team; null where it was handed to nobody.</param>
/// <param name="Version">Grows with every change that a person should have seen before asking for something.</param>
public sealed record CaseRecord(
    long Id, string InstanceId, short Scope, string Owner, string Class, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt,
    string State, double Score, string Reason, string RuleVersion, int Version, long? LeadCase = null, int Followers = 0,
    CaseClock? Clock = null, string? Assignee = null);

/// <summary>A row of <c>case_episode</c>: one class found on the case's VM, its finding frozen as JSON.</summary>
public sealed record CaseEpisodeRecord(
    long CaseId, long EpisodeId, string Class, DateTimeOffset Onset, DateTimeOffset JoinedAt, DateTimeOffset? EndedAt, double Score,
    string Reason, string FindingJson);

/// <summary>A row of <c>ruling</c>.</summary>
/// <param name="Ruling"><c>true_positive benign_positive false_positive duplicate indeterminate</c>.</param>
public sealed record RulingRecord(long Id, long CaseId, DateTimeOffset At, string Ruling, string Actor, string Reason);

/// <summary>A row of <c>audit</c>.</summary>
/// <param name="RuleVersion">The rules that it stood on; null in lines from before they were kept.</param>
/// <param name="EvidenceSha256">Lower-case hex of the hash of the case's findings at that instant; null where there are none.</param>
public sealed record AuditRecord(
    long Id, DateTimeOffset At, string Actor, string What, string Subject, string DataJson, string? RuleVersion, string? EvidenceSha256);

/// <summary>A case with all that belongs to it, oldest first.</summary>
public sealed record WholeCase(
    CaseRecord Case, IReadOnlyList<CaseEpisodeRecord> Episodes, IReadOnlyList<ActRecord> Acts, IReadOnlyList<StepRecord> Steps,
    IReadOnlyList<RequestRecord> Requests, IReadOnlyList<RulingRecord> Rulings, IReadOnlyList<AuditRecord> Audit,
    AppealRecord? Appeal);

