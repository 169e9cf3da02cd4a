using Watchdog.Ledger;

namespace Watchdog.Policy.Ladders;

/// <summary>An act on the VM, of this case or an earlier one; releases are left out.</summary>
/// <param name="At">When it ended, or was proposed where it has not.</param>
public sealed record PastAct(long Id, long CaseId, string Kind, string State, DateTimeOffset At)
{
    /// <summary>Whether it was done to the VM and was not undone by Watchdog.</summary>
    public bool Stands => State is ActStates.Applied or ActStates.Verified or ActStates.Unverifiable or ActStates.Escalated;
}

/// <summary>The latest ruling on an earlier case of the VM.</summary>
/// <param name="Class">The case's class.</param>
public sealed record PastRuling(long CaseId, string Class, string Ruling, DateTimeOffset At);

/// <summary>Where an episode stands on its ladder.</summary>
/// <param name="ActState">State of the rung's act; null where it has none.</param>
/// <param name="Since">Since when: the act's end, or when the rung was taken.</param>
public sealed record Standing(Rung Rung, string? ActState, DateTimeOffset Since);

/// <summary>What is known of the VM besides the finding.</summary>
/// <param name="Standing">Where the episode stands; null: on no rung yet.</param>
/// <param name="ConfirmedAt">When the episode was confirmed; null: now.</param>
public sealed record Past(IReadOnlyList<PastAct> Acts, IReadOnlyList<PastRuling> Rulings, Standing? Standing = null, DateTimeOffset? ConfirmedAt = null)
{
    /// <summary>Nothing is known.</summary>
    public static readonly Past None = new([], []);
}
