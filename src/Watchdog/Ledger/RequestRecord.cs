namespace Watchdog.Ledger;

/// <summary>What a person can ask for; the names in column <c>request.kind</c>.</summary>
public static class RequestKinds
{
    /// <summary>Undo what was done to the case's VM.</summary>
    public const string Release = "release";
    /// <summary>The case is right: approve what is proposed, keep what was done.</summary>
    public const string Confirm = "confirm";
    /// <summary>Put a contained case's clock off by a span.</summary>
    public const string Extend = "extend";
    /// <summary>Record a ruling, also on a closed case; no act follows.</summary>
    public const string Rule = "rule";
    /// <summary>Give the case to a person or a team, with a note; no act follows.</summary>
    public const string HandOver = "hand_over";

    /// <summary>Every kind there is.</summary>
    public static IReadOnlyList<string> All { get; } = [Release, Confirm, Extend, Rule, HandOver];
}

/// <summary>A row of <c>request</c>: a page or a command asks, the actuator that holds the lease acts.</summary>
/// <param name="ExpectedVersion">The case's version that the person saw; null asks regardless.</param>
/// <param name="State"><c>open accepted done refused failed withdrawn</c>; accepted: act <paramref name="ActId"/> is under way.</param>
/// <param name="Outcome">What became of it, in a sentence; null while open.</param>
/// <param name="BulkId">The bulk that it is part of; null where it was asked by itself.</param>
/// <param name="NotBefore">Nobody takes it before then; null: at once.</param>
public sealed record RequestRecord(
    long Id, DateTimeOffset At, string Kind, string Actor, long CaseId, int? ExpectedVersion, string PayloadJson, string State,
    long? ActId, DateTimeOffset? DoneAt, string? Outcome, long? BulkId = null, DateTimeOffset? NotBefore = null);

/// <summary>What a request says besides its kind.</summary>
/// <param name="Reason">Why, in the person's words; of a handing over its note.</param>
/// <param name="Ruling">The ruling to record, or one to record with a release or a confirmation; null: none (a confirmation always rules true_positive).</param>
/// <param name="Force">Release even where somebody changed what Watchdog had set.</param>
/// <param name="Span">By how much the clock is put off.</param>
/// <param name="Assignee">To whom the case is handed.</param>
public sealed record RequestPayload(string Reason, string? Ruling = null, bool Force = false, TimeSpan? Span = null, string? Assignee = null);
