using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.State;

/// <summary>
/// The fleet and everything that was changed about it. Reading takes no lock; changes are made one at a time under <see cref="Gate"/>.
/// A VM that nothing was done to costs eight bytes here: its state follows from its launch and its seed.
/// </summary>
public sealed class RegionState
{
    private readonly Dictionary<ulong, int> _byLowBits;
    private readonly VmState?[] _changed;
    private readonly PriorityQueue<(int Index, IEnumerator<OwnerAction> Script), DateTimeOffset> _owners = new();
    private readonly TimeProvider _clock;
    private long _nextOwnerAction;

    internal RegionState(SimulatedRegionOptions options, IReadOnlyList<SimulatedVm> vms, TimeProvider fleetClock)
    {
        Options = options;
        Vms = vms;
        _clock = fleetClock;
        Network = new Network(options);
        Snapshots = new SnapshotStore(options.Seed);
        Commands = new CommandStore(options.Seed);
        _changed = new VmState?[vms.Count];
        _byLowBits = new Dictionary<ulong, int>(vms.Count);
        for (var i = 0; i < vms.Count; i++)
        {
            if (!_byLowBits.TryAdd(VmShape.LowBits(vms[i]), i))
                throw new ArgumentException($"Two VMs share the id {vms[i].InstanceId} or its last 16 digits.", nameof(vms));
            var script = vms[i].Behaviour.OwnerActions(vms[i]);
            if (!ReferenceEquals(script, Array.Empty<OwnerAction>()))
                Enqueue(i, script.GetEnumerator());
        }

        _nextOwnerAction = _owners.TryPeek(out _, out var first) ? first.UtcTicks : long.MaxValue;
    }

    /// <summary>The fleet, in the order in which pages list it.</summary>
    public IReadOnlyList<SimulatedVm> Vms { get; }

    /// <summary>Fleet time.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>The true state of a VM now, by its index; null before its launch.</summary>
    public PowerState? StateOf(int index) => this.PowerAt(index, Now)?.State;

    /// <summary>Whether every interface of a VM has only its containment group now.</summary>
    public bool IsContained(int index) => this.ContainedAt(index, Now);

    /// <summary>Whether a VM's flows to the outside are really cut now: contained, and nothing tracked is left.</summary>
    public bool AreFlowsCut(int index) => this.FlowsCut(index, Now);

    /// <summary>A VM now as its behaviour is asked about it; null when it does not run.</summary>
    public VmMoment? MomentOf(int index) => this.MomentAt(index, Now);

    /// <summary>The index of a VM; null when there is none of that id.</summary>
    public int? IndexOf(string instanceId) => TryFind(instanceId, out var index) ? index : null;

    internal SimulatedRegionOptions Options { get; }

    internal Network Network { get; }

    internal SnapshotStore Snapshots { get; }

    internal CommandStore Commands { get; }

    /// <summary>Held while anything is changed.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Tags of what is not a VM (interfaces, volumes, groups), where somebody set any.</summary>
    internal ConcurrentDictionary<string, History<SortedDictionary<string, string>>> OtherTags { get; } = new(StringComparer.Ordinal);

    /// <summary>Where Elastic IP addresses went, by the VM that they were allocated for.</summary>
    internal ConcurrentDictionary<int, History<AddressTie?>> AddressTies { get; } = new();

    internal VmState? Changed(int index) => Volatile.Read(ref _changed[index]);

    /// <summary>The VM's record of changes, made on the first one. Under <see cref="Gate"/>.</summary>
    internal VmState Change(int index)
    {
        if (_changed[index] is { } known)
            return known;
        var vm = Vms[index];
        var made = new VmState();
        made.Power.Add(vm.LaunchTime, new Power(PowerState.Pending, null, vm.LaunchTime));
        made.Power.Add(vm.LaunchTime + VmShape.BootTime(vm), new Power(PowerState.Running, null, vm.LaunchTime));
        Volatile.Write(ref _changed[index], made);
        return made;
    }

    internal bool TryFind(string id, out int index) =>
        VmShape.TryLowBits(id, "i-", out var low) ? TryFindBits(low, id, out index) : Nowhere(out index);

    internal bool TryFindLowBits(ulong low, out int index) => _byLowBits.TryGetValue(low, out index);

    internal bool TryFindInterface(string id, out int index, out int device)
    {
        if (VmShape.TryLowBits(id, "eni-", out var low))
        {
            for (device = 0; device < 4; device++)
            {
                if (_byLowBits.TryGetValue(VmShape.Unmask(low, device), out index) && device < VmShape.InterfaceCount(Vms[index])
                    && id == VmShape.InterfaceId(Vms[index], device))
                {
                    return true;
                }
            }
        }

        device = -1;
        return Nowhere(out index);
    }

    internal bool TryFindVolume(string id, out int index) =>
        VmShape.TryLowBits(id, "vol-", out var low) && _byLowBits.TryGetValue(VmShape.UnmaskVolume(low), out index)
            && VmShape.VolumeId(Vms[index]) == id || Nowhere(out index);

    /// <summary>Plays what owners did up to now. Called before every request; almost always one comparison.</summary>
    internal void PlayOwners(DateTimeOffset now)
    {
        if (now.UtcTicks < Volatile.Read(ref _nextOwnerAction))
            return;
        lock (Gate)
        {
            while (_owners.TryPeek(out var next, out var at) && at <= now)
            {
                _owners.Dequeue();
                PowerChanges.Apply(this, next.Index, next.Script.Current.Action, at);
                Enqueue(next.Index, next.Script);
            }

            Volatile.Write(ref _nextOwnerAction, _owners.TryPeek(out _, out var first) ? first.UtcTicks : long.MaxValue);
        }
    }

    private void Enqueue(int index, IEnumerator<OwnerAction> actions)
    {
        if (actions.MoveNext())
            _owners.Enqueue((index, actions), actions.Current.At);
        else
            actions.Dispose();
    }

    private bool TryFindBits(ulong low, string id, out int index) =>
        _byLowBits.TryGetValue(low, out index) && Vms[index].InstanceId == id || Nowhere(out index);

    [SuppressMessage("Performance", "CA1859", Justification = "Gives the out parameter its value.")]
    private static bool Nowhere(out int index)
    {
        index = -1;
        return false;
    }
}
