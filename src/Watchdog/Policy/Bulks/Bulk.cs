namespace Watchdog.Policy.Bulks;

/// <summary>A row of <c>bulk</c>: one thing asked of many cases, whose exact set was frozen and shown first.</summary>
/// <param name="Kind">One of <see cref="Ledger.RequestKinds"/>.</param>
/// <param name="Actor">Who froze it, and alone can start it.</param>
/// <param name="Cases">How many cases are in it.</param>
/// <param name="StartedAt">When it was started; null while it is only shown.</param>
/// <param name="NotBefore">Until then every request of it can be taken back; null while it is only shown.</param>
/// <param name="Counts">How many items stand where, by <see cref="BulkItem.State"/>; a state without any is absent.</param>
public sealed record Bulk(
    long Id, DateTimeOffset At, string Kind, string Actor, string PayloadJson, int Cases, DateTimeOffset? StartedAt, DateTimeOffset? NotBefore,
    DateTimeOffset? UndoneAt, string? UndoneBy, IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>Whether undoing it would take something back.</summary>
    public bool CanUndo => UndoneAt is null && Counts.GetValueOrDefault("open") > 0;

    /// <summary>Whether nothing of it is still to come.</summary>
    public bool HasEnded => StartedAt is not null && Counts.GetValueOrDefault("open") + Counts.GetValueOrDefault("accepted") == 0;
}

/// <summary>One case of a bulk.</summary>
/// <param name="Version">The version at which it was frozen.</param>
/// <param name="Moved">Whether the case has changed since.</param>
/// <param name="Request">The request's key; null while the bulk is only shown.</param>
/// <param name="State"><c>frozen</c> while the bulk is only shown, then the request's: <c>open accepted done refused failed withdrawn</c>.</param>
/// <param name="Outcome">What became of it, in a sentence; null while it is open.</param>
public sealed record BulkItem(
    long CaseId, string InstanceId, string Owner, string Class, string CaseState, int Version, bool Moved, long? Request, string State, string? Outcome);
