using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Abuse;

/// <summary>
/// Runaway: one old process that spins on whole cores, with no child, no I/O beside it, no session and no sign of mining, under a plateau that
/// is new for the VM. An honest computation has the same shape; so it is confirmed only of a program that waits by trade, or of a process that
/// rested for most of its life and turned. Of others it is a suspicion.
/// </summary>
public static class RunawayDetector
{
    /// <summary>Said of nearly every VM, so that it is said once.</summary>
    internal static readonly Finding NoPlateau = Concluding.Clear(FindingClass.Runaway, "No plateau of CPU is new for this VM.");

    /// <summary>Judges a VM.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="options">Settings.</param>
    /// <returns>Cannot tell when the plateau's CPU is absent; clear when there is no plateau.</returns>
    public static Finding Judge(CaseFacts facts, RunawayOptions options)
    {
        if (facts.Triage is not { } triage)
        {
            return facts.Snapshot is null && float.IsNaN(facts.Hypervisor.RecentCpu)
                ? Concluding.CannotTell(FindingClass.Runaway, "Neither CPU nor the guest could be read.")
                : NoPlateau;
        }

        if (triage.Outcome == TriageOutcome.CannotTell)
        {
            return Concluding.CannotTell(FindingClass.Runaway, triage.Reason);
        }

        var evidence = new List<Evidence>(triage.Evidence);
        var cpu = Agreement.Cpu(facts, triage);
        Spin spin = default;
        if (facts.Snapshot is { } snapshot)
        {
            spin = RunawaySigns.Collect(snapshot, facts.Guest.Earlier, facts.Vm.Vcpus, options, facts.Indicators, evidence);
        }
        else if (triage.Class != FindingClass.Runaway)
        {
            return Concluding.Clear(FindingClass.Runaway, "The plateau does not come in whole cores, and nobody looked inside.");
        }

        var agrees = spin.Cores > 0 && cpu >= options.AgreeingShare * 100 * spin.Cores / Math.Max(1, facts.Vm.Vcpus);
        return Concluding.Conclude(FindingClass.Runaway, evidence, agrees, options.Verdict, spin.Stuck);
    }
}
