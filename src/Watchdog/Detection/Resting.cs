using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;
using Watchdog.Detectors.Screening;
using Watchdog.Inventory;

namespace Watchdog.Detection;

/// <summary>When a VM rests: IdleShutdown's.</summary>
/// <param name="CpuPercent">The limit under which the CPU's 95th percentile lies, percent.</param>
/// <param name="Span">For how long; an hour at most.</param>
public sealed record RestLimit(float CpuPercent, TimeSpan Span);

/// <summary>Which of the screened VMs rest: the screen's windows tell, and nothing more is asked. Resting alone is no idleness.</summary>
public sealed class Resting
{
    /// <summary>The longest time that the screen looks back for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly List<Vm> rests = [];
    private readonly List<string> wakes = [];

    /// <summary>For how long those have rested at least.</summary>
    public TimeSpan Span { get; private set; } = Longest;

    /// <summary>VMs whose CPU rested.</summary>
    public IReadOnlyList<Vm> Rests => rests;

    /// <summary>VMs whose CPU did not rest, or is not known.</summary>
    public IReadOnlyList<string> Wakes => wakes;

    /// <summary>Sorts a screened VM.</summary>
    public void Add(Vm vm, MetricWindow cpu, ScreenOutcome outcome, RestLimit limit)
    {
        Span = limit.Span;
        var wanted = (int)(limit.Span.TotalSeconds / Math.Max(1, cpu.PeriodSeconds));
        var tail = cpu.Values[Math.Max(0, cpu.Values.Length - wanted)..];
        // Ten of twelve points, as the idle detector asks for; NaN is under no limit.
        if (outcome == ScreenOutcome.Quiet && Stat.Known(tail) * 12 >= wanted * 10 && Stat.Quantile(tail, 0.95) < limit.CpuPercent)
        {
            rests.Add(vm);
        }
        else
        {
            wakes.Add(vm.InstanceId);
        }
    }
}
