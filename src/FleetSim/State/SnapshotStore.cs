using System.Collections.Concurrent;
using System.Globalization;

namespace Watchdog.FleetSim.State;

/// <summary>A snapshot of a volume; it completes some minutes after its start.</summary>
internal sealed record Snapshot(string Id, string VolumeId, DateTimeOffset StartedAt, TimeSpan Takes, string Description)
{
    public bool CompletedAt(DateTimeOffset at) => at >= StartedAt + Takes;

    /// <summary>0 to 100.</summary>
    public int ProgressAt(DateTimeOffset at) => (int)Math.Clamp((at - StartedAt) / Takes * 100, 0, 100);
}

/// <summary>The Region's snapshots, in the order in which they were made.</summary>
internal sealed class SnapshotStore(ulong seed)
{
    private readonly ConcurrentDictionary<string, Snapshot> _byId = new(StringComparer.Ordinal);
    private Snapshot[] _all = [];

    public IReadOnlyList<Snapshot> All => Volatile.Read(ref _all);

    public Snapshot? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Under the Region's lock.</summary>
    public Snapshot Add(string volumeId, DateTimeOffset at, string description)
    {
        var number = (ulong)_all.Length;
        var id = string.Create(CultureInfo.InvariantCulture, $"snap-0{Mix.Of(seed, 0x5000 + number):x16}");
        var made = new Snapshot(id, volumeId, at, Mix.Between(seed, 0x6000 + number, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)), description);
        _byId[id] = made;
        Volatile.Write(ref _all, [.. _all, made]);
        return made;
    }
}
