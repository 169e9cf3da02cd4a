namespace Watchdog.Inventory;

/// <summary>What the database holds of a VM that is not gone, as far as a listing is compared with it.</summary>
public readonly record struct KnownVm(long Fingerprint, string State, DateTimeOffset StateSince, DateTimeOffset? MissingSince);

/// <summary>A state change to be recorded. <paramref name="From"/> is null on first sight.</summary>
public sealed record Transition(string InstanceId, DateTimeOffset At, string? From, string To, string? Reason);

/// <summary>What one complete listing changes.</summary>
/// <param name="Listed">Distinct VMs listed.</param>
/// <param name="Known">VMs that were known, neither missing nor terminated.</param>
/// <param name="Upserts">New and changed VMs, with since when they are in their state.</param>
/// <param name="Transitions">State changes, first sights included.</param>
/// <param name="Missing">Known VMs absent for the first time.</param>
/// <param name="Gone">Known VMs absent again.</param>
/// <param name="Doubted">The listing held less than half of the known VMs, and the one before did not: nobody is called missing yet.</param>
public sealed record FleetChanges(
    int Listed, int Known, IReadOnlyList<(VmRow Row, DateTimeOffset StateSince)> Upserts, IReadOnlyList<Transition> Transitions,
    IReadOnlyList<string> Missing, IReadOnlyList<string> Gone, bool Doubted);

/// <summary>
/// Compares a listing with what is known, page by page, so that 150,000 unchanged VMs cost no memory. Pages are not a snapshot: a VM may
/// come twice (the last word counts) or slip between two pages (hence absent twice before gone). Nothing here is final until the
/// listing was complete: a listing that failed is simply dropped.
/// </summary>
public sealed class FleetDiff(IReadOnlyDictionary<string, KnownVm> known, InventoryOptions options, DateTimeOffset now)
{
    /// <summary>State recorded in <c>vm_transition</c> for a VM that no listing shows any more; <c>vm.state</c> keeps the last one that EC2 named.</summary>
    public const string GoneState = "gone";

    private readonly HashSet<string> _seen = new(known.Count, StringComparer.Ordinal);
    // The row and EC2's reason for its state, not the VM as listed: of a fleet that is new, all of it stands here until it is written.
    private readonly Dictionary<string, (VmRow Row, string? Reason)> _changed = new(StringComparer.Ordinal);

    /// <summary>Ids listed that are not among the known: new, or back after they were gone.</summary>
    public IReadOnlyList<string> Strangers => [.. _changed.Keys.Where(id => !known.ContainsKey(id))];

    /// <summary>Takes a page in.</summary>
    public void Add(IReadOnlyList<ListedVm> page)
    {
        foreach (var vm in page)
        {
            var row = VmRow.Of(vm, options);
            _seen.Add(vm.InstanceId);
            if (known.TryGetValue(vm.InstanceId, out var before) && before.Fingerprint == row.Fingerprint && before.MissingSince is null)
            {
                _changed.Remove(vm.InstanceId);
            }
            else
            {
                _changed[vm.InstanceId] = (row, vm.TransitionReason);
            }
        }
    }

    /// <summary>Ends a complete listing.</summary>
    /// <param name="returned">Of <see cref="Strangers"/>, those that were gone, with since when.</param>
    /// <param name="shrunkBefore">The listing before this one had shrunk too.</param>
    public FleetChanges Finish(IReadOnlyDictionary<string, DateTimeOffset> returned, bool shrunkBefore)
    {
        List<(VmRow, DateTimeOffset)> upserts = new(_changed.Count);
        List<Transition> transitions = [];
        foreach (var (id, (row, reason)) in _changed)
        {
            var (from, since) = known.TryGetValue(id, out var before) ? (before.State, before.StateSince)
                : returned.TryGetValue(id, out var goneSince) ? (GoneState, goneSince)
                : ((string?)null, (DateTimeOffset?)null);
            if (from == row.State)
            {
                upserts.Add((row, since!.Value));
                continue;
            }

            var at = TransitionTime.Of(from, since, row.State, row.LaunchTime, reason, now);
            upserts.Add((row, at));
            transitions.Add(new(id, at, from, row.State, row.StateReason));
        }

        return Absent(upserts, transitions, shrunkBefore);
    }

    private FleetChanges Absent(List<(VmRow, DateTimeOffset)> upserts, List<Transition> transitions, bool shrunkBefore)
    {
        List<string> missing = [], gone = [];
        var expected = 0;
        var present = 0;
        foreach (var (id, vm) in known)
        {
            var seen = _seen.Contains(id);
            if (vm.MissingSince is null && vm.State != "terminated")
            {
                expected++;
                present += seen ? 1 : 0;
            }

            if (!seen)
            {
                (vm.MissingSince is null ? missing : gone).Add(id);
            }
        }

        if (present * 2 < expected && !shrunkBefore)
        {
            return new(_seen.Count, expected, upserts, transitions, [], [], true);
        }

        foreach (var id in gone)
        {
            // A terminated VM that EC2 forgets was already at its end.
            if (known[id] is { State: not "terminated", MissingSince: { } since } vm)
            {
                transitions.Add(new(id, since, vm.State, GoneState, "absent from two complete listings"));
            }
        }

        return new(_seen.Count, expected, upserts, transitions, missing, gone, false);
    }
}
