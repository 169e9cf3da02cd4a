using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detectors.Verdicts;

/// <summary>What the hypervisor says of the CPU, against which guest text is held.</summary>
public static class Agreement
{
    /// <summary>Recent CPU, percent; the plateau's level where the newest points are absent; NaN when neither is known.</summary>
    public static float Cpu(CaseFacts facts, TriageResult? triage)
        => !float.IsNaN(facts.Hypervisor.RecentCpu) ? facts.Hypervisor.RecentCpu : triage?.Level ?? float.NaN;
}
