namespace Watchdog.Ledger;

/// <summary>A row of <c>act</c>: a journalled change to AWS, from its proposal to its end.</summary>
/// <param name="CaseId">Key in <c>case_file</c>; null for an idle stop and its release, which are acts without a case.</param>
/// <param name="OperationId">Names the operation in AWS and in logs; never reused.</param>
/// <param name="Severity">Higher goes first.</param>
/// <param name="NeedsPerson">Nothing happens until a person approves.</param>
/// <param name="ApprovedBy">Who approved; null while nobody has.</param>
/// <param name="DueAt">Not before then; null: at once.</param>
/// <param name="Attempts">Setbacks so far.</param>
/// <param name="Detail">What holds it, or how it ended.</param>
/// <param name="EpisodeId">The episode that gave rise to it; null for what a person asked for.</param>
/// <param name="EscalatedFrom">The act that did not hold the VM, and that this one takes over from.</param>
/// <param name="VerificationJson">What the verification has gathered, and what it said at its end.</param>
/// <param name="Purpose">One of <see cref="ActPurposes"/>.</param>
/// <param name="Traceparent">The W3C traceparent of what gave rise to it, which its execution links to; null where nobody traced.</param>
/// <param name="OccurrenceAt">The time of a schedule that it is for; null where no schedule gave rise to it.</param>
public sealed record ActRecord(
    long Id, Guid OperationId, long? CaseId, string InstanceId, short Scope, string Kind, string State, short Severity,
    bool NeedsPerson, string? ApprovedBy, string Reason, string Actor, string RuleVersion, DateTimeOffset ProposedAt,
    DateTimeOffset? AdmittedAt, DateTimeOffset? DueAt, DateTimeOffset? DoneAt, int Attempts, string? PlanJson, string? Detail,
    long? EpisodeId, long? EscalatedFrom = null, string? VerificationJson = null, string Purpose = ActPurposes.Abuse,
    string? Traceparent = null, DateTimeOffset? OccurrenceAt = null)
{
    /// <summary>What events and audit lines about it are about: <c>case:17</c>, or <c>vm:i-0…</c> where it has no case.</summary>
    public string Subject => CaseId is { } of ? $"case:{of}" : $"vm:{InstanceId}";
}
