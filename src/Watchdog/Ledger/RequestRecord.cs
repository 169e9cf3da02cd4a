namespace Watchdog.Ledger;

/// <summary>What a person can ask for; the names in column <c>request.kind</c>.</summary>
public static class RequestKinds
{
    /// <summary>Undo what was done to the case's VM.</summary>
    public const string Release = "release";
    /// <summary>The case is right: approve what is proposed, keep what was done.</summary>
    public const string Confirm = "confirm";
}

/// <summary>A row of <c>request</c>: a page or a command asks, the actuator that holds the lease acts.</summary>
/// <param name="ExpectedVersion">The case's version that the person saw; null asks regardless.</param>
/// <param name="State"><c>open accepted done refused failed</c>; accepted: act <paramref name="ActId"/> is under way.</param>
/// <param name="Outcome">What became of it, in a sentence; null while open.</param>
public sealed record RequestRecord(
    long Id, DateTimeOffset At, string Kind, string Actor, long CaseId, int? ExpectedVersion, string PayloadJson, string State,
    long? ActId, DateTimeOffset? DoneAt, string? Outcome);

/// <summary>What a request says besides its kind.</summary>
/// <param name="Reason">Why, in the person's words.</param>
/// <param name="Ruling">A ruling to record with it; null: none (a confirmation always rules true_positive).</param>
/// <param name="Force">Release even where somebody changed what Watchdog had set.</param>
public sealed record RequestPayload(string Reason, string? Ruling = null, bool Force = false);
