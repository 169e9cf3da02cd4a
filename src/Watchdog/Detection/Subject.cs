using System.Text.Json.Serialization;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;
using Watchdog.Inventory;

namespace Watchdog.Detection;

/// <summary>A VM that a run looks at more closely than the screen does: what is known of it, stage by stage.</summary>
public sealed class Subject(Vm vm, StatusFacts? status, Suspect? before, IReadOnlyList<Episode> open)
{
    /// <summary>The VM.</summary>
    public Vm Vm { get; } = vm;
    /// <summary>Its status checks; null when they were not asked lately.</summary>
    public StatusFacts? Status { get; } = status;
    /// <summary>What the runs before left; null when it is new here.</summary>
    public Suspect? Before { get; } = before;
    /// <summary>Its open episodes.</summary>
    public IReadOnlyList<Episode> Open { get; } = open;
    /// <summary>What this run leaves; null forgets the VM.</summary>
    public Suspect? After { get; set; } = before;
    /// <summary>The screen's answer of this run; null when CloudWatch did not answer or was not asked.</summary>
    public ScreenResult? Screen { get; set; }
    /// <summary>CPUUtilization of the trailing three hours; empty when unknown.</summary>
    public Points Cpu { get; set; } = Points.None;
    /// <summary>NetworkIn on the same grid; empty when not asked.</summary>
    public Points NetworkIn { get; set; } = Points.None;
    /// <summary>NetworkOut on the same grid; empty when not asked.</summary>
    public Points NetworkOut { get; set; } = Points.None;
    /// <summary>Disk and EBS write operations on the same grid; empty when not asked.</summary>
    public Points DiskWrites { get; set; } = Points.None;
    /// <summary>What triage read in this run; null when it was not asked, or nothing came.</summary>
    public KeptContext? Context { get; set; }
    /// <summary>Whether a look (screen, triage, or inside) ended in this run, so that a verdict is due.</summary>
    public bool Looked { get; set; }
    /// <summary>What the detectors were asked about; null until then.</summary>
    public CaseFacts? Judged { get; set; }
    /// <summary>What the detectors said; empty until they were asked.</summary>
    public IReadOnlyList<Finding> Findings { get; set; } = [];

    /// <summary>The VM as detectors read it.</summary>
    public VmFacts Facts => FactsOf(Vm, Status);

    /// <summary>What its windows say; a window that is not on the CPU's grid counts as absent.</summary>
    public HypervisorFacts Hypervisor => HypervisorFacts.Of(Cpu.Window, OnGrid(NetworkOut), OnGrid(NetworkIn), OnGrid(DiskWrites));

    private MetricWindow OnGrid(Points points) => points.Values.Length == Cpu.Values.Length ? points.Window : default;

    /// <summary>A VM as detectors read it.</summary>
    public static VmFacts FactsOf(Vm vm, StatusFacts? status) => new(vm.InstanceId, vm.InstanceType, Math.Max(1, vm.Vcpus), vm.LaunchTime, status);
}

/// <summary>A window that outlives its batch.</summary>
/// <param name="Start">Start of the first period, on the grid.</param>
/// <param name="Values">One a period; NaN where absent.</param>
public sealed record Points(DateTimeOffset Start, int PeriodSeconds, float[] Values)
{
    /// <summary>No window.</summary>
    public static readonly Points None = new(DateTimeOffset.UnixEpoch, 300, []);

    /// <summary>As a detector reads it.</summary>
    [JsonIgnore]
    public MetricWindow Window => new(Start, PeriodSeconds, Values);
}
