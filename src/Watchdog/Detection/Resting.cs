using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;
using Watchdog.Detectors.Screening;
using Watchdog.Inventory;

namespace Watchdog.Detection;

/// <summary>The CPU limit under which a VM rests, 95th percentile of an hour, percent: IdleShutdown's.</summary>
public sealed record RestLimit(float CpuPercent);

/// <summary>Which of the screened VMs rest: the screen's windows tell, and nothing more is asked. Resting alone is no idleness.</summary>
public sealed class Resting
{
    /// <summary>The time for which the CPU must have rested.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(1);

    private readonly List<Vm> rests = [];
    private readonly List<string> wakes = [];

    /// <summary>VMs whose CPU rested for the last hour.</summary>
    public IReadOnlyList<Vm> Rests => rests;

    /// <summary>VMs whose CPU did not rest, or is not known.</summary>
    public IReadOnlyList<string> Wakes => wakes;

    /// <summary>Sorts a screened VM.</summary>
    public void Add(Vm vm, MetricWindow cpu, ScreenOutcome outcome, float limit)
    {
        var hour = (int)(Span.TotalSeconds / Math.Max(1, cpu.PeriodSeconds));
        var tail = cpu.Values[Math.Max(0, cpu.Values.Length - hour)..];
        // Ten of an hour's twelve points, as the idle detector asks for; NaN is under no limit.
        if (outcome == ScreenOutcome.Quiet && Stat.Known(tail) * 12 >= hour * 10 && Stat.Quantile(tail, 0.95) < limit)
        {
            rests.Add(vm);
        }
        else
        {
            wakes.Add(vm.InstanceId);
        }
    }
}
