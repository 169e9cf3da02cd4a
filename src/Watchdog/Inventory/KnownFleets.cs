using System.Collections.Concurrent;
using Watchdog.Storage;

namespace Watchdog.Inventory;

/// <summary>
/// What this process remembers of each scope's VMs between two listings, so that an unchanged fleet is not read again. A memory is good
/// only while this process held the scope's lease without a break; without leases nothing is remembered.
/// </summary>
internal sealed class KnownFleets
{
    private readonly ConcurrentDictionary<short, (long Epoch, Dictionary<string, KnownVm> Known)> _fleets = new();

    /// <summary>Takes the memory of a scope out, when the fence shows that nobody wrote since; null means: load it.</summary>
    public Dictionary<string, KnownVm>? Take(short scope, Fence? fence) =>
        _fleets.TryRemove(scope, out var fleet) && EpochOf(scope, fence) is { } epoch && (epoch == fleet.Epoch || epoch == fleet.Epoch + 1)
            ? fleet.Known : null;

    /// <summary>Puts it back after the writes were committed.</summary>
    public void Keep(short scope, Fence? fence, Dictionary<string, KnownVm> known, FleetChanges changes, DateTimeOffset now)
    {
        if (EpochOf(scope, fence) is not { } epoch)
        {
            return;
        }

        foreach (var (row, since) in changes.Upserts)
        {
            known[row.InstanceId] = new(row.Fingerprint, string.Intern(row.State), since, null);
        }

        foreach (var id in changes.Missing)
        {
            known[id] = known[id] with { MissingSince = now };
        }

        foreach (var id in changes.Gone)
        {
            known.Remove(id);
        }

        _fleets[scope] = (epoch, known);
    }

    private static long? EpochOf(short scope, Fence? fence) =>
        fence is not null && Array.IndexOf(fence.Names, Leases.InventoryOf(scope)) is >= 0 and var at ? fence.Epochs[at] : null;
}
