using Watchdog.Alerts.Gathering;
using Watchdog.Alerts.Notifications;

namespace Watchdog.Alerts.Telling;

/// <summary>One of an incident's worst members.</summary>
public sealed record TalliedMember(string Member, Severity Severity, MemberFacts Facts, string? Traceparent);

/// <summary>What an incident is made of now: counted over the members that are on, or over all of them where none is.</summary>
/// <param name="Live">Members that are on.</param>
/// <param name="All">Members there were.</param>
/// <param name="Worst">The worst member's severity.</param>
/// <param name="Owners">Different owners.</param>
/// <param name="ByOwner">The ten most frequent.</param>
/// <param name="ByRegion">All of them, the most frequent first; so the next two.</param>
/// <param name="ByDone">What was done, by its words.</param>
/// <param name="Ten">The ten worst members.</param>
public sealed record IncidentTally(
    int Live, int All, Severity Worst, bool Failing, int Owners, DateTimeOffset FirstAt, DateTimeOffset LastAt, DateTimeOffset? ClearedAt, bool? Undoable,
    IReadOnlyList<Tally> ByOwner, IReadOnlyList<Tally> ByRegion, IReadOnlyList<Tally> ByType, IReadOnlyList<Tally> ByPlan, IReadOnlyList<Tally> ByDone,
    IReadOnlyList<TalliedMember> Ten)
{
    /// <summary>Members that silences leave out of all the rest.</summary>
    public int Silenced { get; init; }

    /// <summary>Whether silences hold for every member that is on, or for every one where none is.</summary>
    public bool AllSilenced { get; init; }

    /// <summary>How many it is told as: those that are on, or all of them where none is.</summary>
    public int Size => Live > 0 ? Live : All;

    /// <summary>What is told of it where silences hold for some members.</summary>
    /// <param name="heard">The same without those members; null where there is no other.</param>
    public IncidentTally Without(IncidentTally? heard) =>
        heard is null || heard.Live == 0 && Live > 0 ? this with { AllSilenced = true } : heard with { Silenced = Size - heard.Size };

    /// <summary>The one owner of all members; null where there are several, or some member's is unknown.</summary>
    public string? OnlyOwner => ByOwner is [var one] && one.Count == Size ? one.Name : null;

    /// <summary>The one plan of all members; null where there are several, or some member's is unknown.</summary>
    public string? OnlyPlan => ByPlan is [var one] && one.Count == Size ? one.Name : null;
}
