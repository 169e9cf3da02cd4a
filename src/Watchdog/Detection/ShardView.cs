using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Screening;
using Watchdog.Inventory;
using Watchdog.Storage;

namespace Watchdog.Detection;

/// <summary>What a run knows of its shards: read once at its start, filled stage by stage, written once at its end.</summary>
public sealed class ShardView
{
    private int _failures;

    /// <summary>The run's fleet instant: every window and deadline counts from it.</summary>
    public required DateTimeOffset Now { get; init; }
    /// <summary>Whether this is one complete pass, after which nobody comes back: what is known must do.</summary>
    public required bool Everything { get; init; }
    /// <summary>The indicators that hold for this run.</summary>
    public required IndicatorSet Indicators { get; init; }
    /// <summary>The leases under which this run writes.</summary>
    public required Fence Fence { get; init; }
    /// <summary>Scopes by id.</summary>
    public required IReadOnlyDictionary<short, Scope> Scopes { get; init; }
    /// <summary>Scopes whose status checks were listed within the last minutes.</summary>
    public required IReadOnlySet<short> StatusFresh { get; init; }
    /// <summary>The running VMs of the shards that lie in one of the scopes.</summary>
    public required IReadOnlyList<Vm> Vms { get; init; }
    /// <summary>Suspects as the runs before left them.</summary>
    public required IReadOnlyDictionary<string, Suspect> Suspects { get; init; }
    /// <summary>VMs whose status checks do not all pass.</summary>
    public required IReadOnlyDictionary<string, ListedStatus> Statuses { get; init; }
    /// <summary>Open episodes by VM, those of VMs that no longer run among them.</summary>
    public required ILookup<string, Episode> Episodes { get; init; }
    /// <summary>VMs whose last screen had no data; kept up to date by the screen.</summary>
    public required HashSet<string> Blind { get; init; }
    /// <summary>VMs looked at more closely, by instance id.</summary>
    public Dictionary<string, Subject> Subjects { get; } = new(StringComparer.Ordinal);
    /// <summary>VMs that have run for long and have no baseline yet.</summary>
    public List<Vm> Newcomers { get; } = [];
    /// <summary>Cohorts asked for so far; null where too few members have a usual level.</summary>
    public Dictionary<CohortKey, Cohort?> Cohorts { get; } = [];
    /// <summary>CPU levels of the VMs that were screened.</summary>
    public Levels Levels { get; } = new();
    /// <summary>Which of the screened VMs rest.</summary>
    public Resting Resting { get; } = new();
    /// <summary>Calls and VMs that failed and were passed over.</summary>
    public int Failures => _failures;

    /// <summary>Counts one more failure; safe from several threads.</summary>
    public void Fail() => Interlocked.Increment(ref _failures);

    /// <summary>The VM's status checks: as listed, all passing when it was not listed, null when nobody asked lately.</summary>
    public StatusFacts? StatusOf(Vm vm) =>
        !StatusFresh.Contains(vm.Scope) ? null
        : Statuses.TryGetValue(vm.InstanceId, out var listed) ? listed.Status
        : new StatusFacts(CheckState.Ok, CheckState.Ok, CheckState.Ok, null);

    /// <summary>The subject of a VM, or null when it is none.</summary>
    public Subject? SubjectOrNull(string instanceId) => Subjects.GetValueOrDefault(instanceId);

    /// <summary>The subject of a VM, made when it is not one yet.</summary>
    public Subject SubjectOf(Vm vm)
    {
        if (!Subjects.TryGetValue(vm.InstanceId, out var subject))
        {
            subject = new Subject(vm, StatusOf(vm), Suspects.GetValueOrDefault(vm.InstanceId), [.. Episodes[vm.InstanceId]]);
            Subjects.Add(vm.InstanceId, subject);
        }

        return subject;
    }
}
