using Watchdog.Ledger;

namespace Watchdog.Enforcement.Governing;

/// <summary>The order in which a scope's acts are taken up; pure.</summary>
public static class ActQueue
{
    // A kind that is not named here comes last: what saves money waits for what protects people.
    private static readonly string[][] Ranks =
    [
        [ActKinds.Release],
        [ActKinds.Quarantine, ActKinds.Stop, ActKinds.Restrain, ActKinds.Block, ActKinds.Warn],
        [ActKinds.Reboot],
    ];

    /// <summary>
    /// Releases, containment by severity, reboots, then every other kind; the older first where all else is equal. One entry a VM with all of its
    /// acts, so that no VM is ever in two acts at once; it stands where its first act does.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<ActRecord>> Of(IEnumerable<ActRecord> due) =>
        [.. due.OrderBy(act => RankOf(act.Kind)).ThenByDescending(act => act.Severity).ThenBy(act => act.Id)
            .GroupBy(act => act.InstanceId).Select(vm => (IReadOnlyList<ActRecord>)[.. vm])];

    /// <summary>A kind's place: lower goes first.</summary>
    public static int RankOf(string kind) => Array.FindIndex(Ranks, rank => rank.Contains(kind)) is var found and >= 0 ? found : Ranks.Length;
}
