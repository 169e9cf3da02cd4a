using Watchdog.Ledger;

namespace Watchdog.Enforcement.Governing;

/// <summary>A scope's acts of one kind that have not ended.</summary>
/// <param name="Proposed">Not admitted: what holds them is in <paramref name="Held"/>.</param>
/// <param name="ToDo">Admitted or under way, due now.</param>
/// <param name="PutOff">Admitted or under way, due later.</param>
/// <param name="Verifying">In force, and watched.</param>
/// <param name="Held">What was said to hold proposed and put-off ones, the most frequent first.</param>
public sealed record BacklogRow(string Scope, string Kind, int Proposed, int ToDo, int PutOff, int Verifying, IReadOnlyList<(string Why, int Acts)> Held);

/// <summary>A scope's queue: its rows in the order in which they are taken up, and how long the admitted ones take.</summary>
public sealed record ScopeBacklog(string Scope, IReadOnlyList<BacklogRow> Rows, Estimate Estimate);

/// <summary>What is left to do and how long that takes; pure.</summary>
public static class Backlog
{
    private const int MostReasons = 3;

    /// <summary>By scope. Proposed acts are not in the estimate: nobody knows when they are admitted.</summary>
    public static IReadOnlyList<ScopeBacklog> Of(IReadOnlyList<BacklogAct> acts, ICallRates rates, EnforcementOptions options, DateTimeOffset now) =>
    [
        .. acts.GroupBy(act => act.Scope).Select(scope => new ScopeBacklog(
            scope.Key,
            [.. scope.GroupBy(NameOf).OrderBy(kind => ActQueue.RankOf(kind.Key)).ThenBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => Row(scope.Key, kind.Key, [.. kind], now))],
            Estimate.Of([.. scope.Where(IsUnderWay).Select(NeedOf)], rates, options.Parallel, Estimate.UsualLatency, Estimate.Alone(options)))),
    ];

    private static BacklogRow Row(string scope, string kind, IReadOnlyList<BacklogAct> acts, DateTimeOffset now)
    {
        var later = acts.Count(act => IsUnderWay(act) && act.DueAt > now);
        return new(
            scope, kind, acts.Count(act => act.State == ActStates.Proposed), acts.Count(IsUnderWay) - later, later, acts.Count(act => act.State == ActStates.Applied),
            [.. acts.Where(act => act.Detail is not null && (act.State == ActStates.Proposed || (IsUnderWay(act) && act.DueAt > now)))
                .GroupBy(act => act.Detail!).OrderByDescending(why => why.Count()).ThenBy(why => why.Key, StringComparer.Ordinal)
                .Take(MostReasons).Select(why => (why.Key, why.Count()))]);
    }

    // What has no case is told apart: `idle stop`.
    private static string NameOf(BacklogAct act) => act.Purpose == ActPurposes.Abuse ? act.Kind : $"{act.Purpose} {act.Kind}";

    private static bool IsUnderWay(BacklogAct act) => act.State is ActStates.Admitted or ActStates.Planned or ActStates.Executing;

    private static ActNeed NeedOf(BacklogAct act) =>
        act is { Kind: ActKinds.Release, State: ActStates.Admitted } ? Releasing(act.StepKinds)
        : CallNeeds.Of(act.Kind, act.State != ActStates.Admitted, [.. act.StepKinds.Zip(act.StepActions, (kind, action) => new StepToDo(kind, action))]);

    /// <summary>What a release of steps that are in force needs.</summary>
    public static ActNeed Releasing(IEnumerable<string> inForce) =>
        CallNeeds.Of(ActKinds.Release, planned: false, [.. inForce.Select(CallNeeds.Undoing).OfType<StepToDo>()]);
}
