using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Policy.Ladders;

/// <summary>The rung to take.</summary>
/// <param name="Kind">The kind of act that it is, or that it proposes; null for <c>observe</c>.</param>
/// <param name="DueAt">When to look at the ladder again; null: once the act has ended.</param>
public sealed record Place(Rung Rung, string? Kind, DateTimeOffset? DueAt);

/// <summary>Which rung comes; pure.</summary>
public static class LadderRules
{
    /// <summary>The rung for an episode whose evidence suffices; null when nothing is above the one that it stands on.</summary>
    /// <param name="decisive">Whether a piece of its evidence is decisive.</param>
    /// <param name="restarted">Whether the VM runs again after a stop of Watchdog's.</param>
    public static Place? Next(ClassLadder ladder, bool decisive, bool restarted, Past past, DateTimeOffset now)
    {
        if ((past.ConfirmedAt ?? now) + ladder.Persistence is var ripe && ripe > now)
        {
            return new(Rung.Observe, null, ripe);
        }

        var index = decisive && ladder.DecisiveFrom is { } from ? ladder.Above(from) - 1 : 0;
        index = past.Standing is { } on ? Math.Max(index, ladder.Above(on.Rung)) : index;
        // Who starts a stopped VM again and is found again gets what is above the stop, or the top once more.
        index = restarted ? Math.Min(Math.Max(index, ladder.Above(Rung.Stop)), ladder.Rungs.Count - 1) : index;
        if (index >= ladder.Rungs.Count)
        {
            return null;
        }

        var rung = ladder.Rungs[index];
        return rung switch
        {
            Rung.Observe => new(rung, null, now + ladder.BetweenRungs),
            Rung.Propose => new(rung, Rungs.KindOf(ladder.ActFrom(index)!.Value), now + ladder.BetweenRungs),
            _ => new(rung, Rungs.KindOf(rung), null),
        };
    }

    /// <summary>Whether the VM runs again although Watchdog stopped it: somebody started it since.</summary>
    public static bool Restarted(Vm vm, IEnumerable<PastAct> acts) => acts.Any(act => Undone(vm, act.Kind, act.Stands, act.At));

    /// <summary>Whether an act that stood was undone by whoever started the VM since.</summary>
    public static bool Undone(Vm vm, string kind, bool stands, DateTimeOffset at) =>
        kind == ActKinds.Stop && stands && vm.State == "running" && vm.StateSince > at;

    /// <summary>Whether a rung may be left for the next.</summary>
    /// <param name="standing">Where the episode stands; its act has ended, or the rung has none.</param>
    /// <param name="goesOn">Whether a finding that confirms was made after the rung took effect.</param>
    /// <returns>When: now or earlier means at once; null: never.</returns>
    public static DateTimeOffset? LeavesAt(ClassLadder ladder, Standing standing, bool goesOn) => standing.ActState switch
    {
        _ when standing.Rung is Rung.Observe or Rung.Propose => standing.Since,
        ActStates.Refused or ActStates.Failed => ladder.ClimbAfter.Contains(standing.ActState) ? standing.Since : null,
        ActStates.Verified or ActStates.Unverifiable => goesOn && ladder.ClimbAfter.Contains(standing.ActState) ? standing.Since + ladder.BetweenRungs : null,
        _ => null,
    };
}
