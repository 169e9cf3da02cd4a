using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detectors.Facts;

/// <summary>Everything the detectors judge one VM by. What was not asked has its name: a null triage, <see cref="GuestReading.NotAsked"/>, <see cref="ConsoleReading.Absent"/>.</summary>
/// <param name="Vm">The VM, its status checks included.</param>
/// <param name="Now">The instant of judgement, fleet time.</param>
/// <param name="Hypervisor">Numbers of the metric windows.</param>
/// <param name="Triage">Triage's result; null when no plateau called for it.</param>
/// <param name="Guest">The look inside.</param>
/// <param name="Console">The serial console.</param>
public sealed record CaseFacts(VmFacts Vm, DateTimeOffset Now, HypervisorFacts Hypervisor, TriageResult? Triage, GuestReading Guest, ConsoleReading Console)
{
    /// <summary>What the look inside is held against; none where nobody looks inside.</summary>
    public IndicatorSet Indicators { get; init; } = IndicatorSet.Empty;

    /// <summary>A case of metrics and status checks alone.</summary>
    public static CaseFacts OfMetrics(VmFacts vm, DateTimeOffset now, HypervisorFacts hypervisor, TriageResult? triage = null)
        => new(vm, now, hypervisor, triage, GuestReading.NotAsked, ConsoleReading.Absent);

    /// <summary>The readable snapshot, or null.</summary>
    public GuestSnapshot? Snapshot => Guest.State == GuestState.Read ? Guest.Snapshot : null;

    /// <summary>Whether the VM started less than <paramref name="minutes"/> minutes ago.</summary>
    public bool BootedWithin(double minutes) => Vm.LaunchTime is { } at && Now >= at && Now < at.AddMinutes(minutes);
}
