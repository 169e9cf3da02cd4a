namespace Watchdog.Ledger;

/// <summary>A row of <c>step</c>: one API call of an act, with all that is needed to verify and to undo it.</summary>
/// <param name="Target">Instance or interface id.</param>
/// <param name="IamAction">The permission that the call needs, e.g. <c>ec2:StopInstances</c>.</param>
/// <param name="BeforeJson">What was there before the first call.</param>
/// <param name="WantedJson">What a re-read must show.</param>
/// <param name="UndoJson">What a release puts back; null when there is nothing to put back.</param>
/// <param name="Attempts">Calls that AWS accepted without a visible effect.</param>
/// <param name="StartedAt">When a call was last about to be made.</param>
/// <param name="CalledAt">When AWS last accepted the call; null when it has not, or when nobody knows.</param>
/// <param name="ExposedAt">From when the interface stood, or may have stood, in the allow-all group.</param>
/// <param name="CoveredAt">Until when; null while it may stand there.</param>
/// <param name="Tried">Which of several ways its last call went, written before it; null where its kind has one way.</param>
public sealed record StepRecord(
    long Id, long ActId, int Ordinal, string Kind, string Target, string IamAction, string BeforeJson, string WantedJson,
    string? UndoJson, string State, int Attempts, DateTimeOffset? StartedAt, DateTimeOffset? CalledAt, DateTimeOffset? DoneAt,
    string? Detail, DateTimeOffset? ExposedAt = null, DateTimeOffset? CoveredAt = null, string? Tried = null);

/// <summary>A step before it has a row.</summary>
public sealed record NewStep(
    string Kind, string Target, string IamAction, string BeforeJson, string WantedJson, string? UndoJson, string State, string? Detail);
