using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;
using static System.FormattableString;

namespace Watchdog.Detectors.Abuse;

/// <summary>
/// Runaway: one old process that spins on whole cores, with no child, no I/O beside it, no session and no sign of mining, under a plateau that
/// is new for the VM.
/// </summary>
public static class RunawayDetector
{
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
                : Concluding.Clear(FindingClass.Runaway, "No plateau of CPU is new for this VM.");
        }

        if (triage.Outcome == TriageOutcome.CannotTell)
        {
            return Concluding.CannotTell(FindingClass.Runaway, triage.Reason);
        }

        var evidence = new List<Evidence>(triage.Evidence);
        var cpu = Agreement.Cpu(facts, triage);
        var agrees = false;
        if (facts.Snapshot is { } snapshot)
        {
            agrees = Guest(snapshot, facts.Vm.Vcpus, cpu, options, facts.Indicators, evidence);
        }
        else if (triage.Class != FindingClass.Runaway)
        {
            return Concluding.Clear(FindingClass.Runaway, "The plateau does not come in whole cores, and nobody looked inside.");
        }

        return Concluding.Conclude(FindingClass.Runaway, evidence, agrees, options.Verdict);
    }

    private static bool Guest(GuestSnapshot snapshot, int vcpus, float cpu, RunawayOptions options, IndicatorSet indicators, List<Evidence> evidence)
    {
        if (snapshot.TopProcesses.FirstOrDefault(process => IndicatorMatch.Strong(process, indicators)
            || (Busy.Cores(process) >= 0.25 && (Executable.IsOdd(process) || Executable.ForgesKernelThread(process)))) is { } miner)
        {
            evidence.Add(Weights.NotRunaway.Because($"Process {miner.Pid} ({Told.Of(miner.Comm)}) bears signs of a miner or hides what it runs: a spinning mistake has no reason to."));
            return false;
        }

        if (Busy.SessionActive(snapshot))
        {
            evidence.Add(Weights.ActiveSession.Because("A login session is active."));
        }

        if (Busy.Top(snapshot, options.OldSeconds) is not { } top)
        {
            evidence.Add(Weights.NoSpinner.Because("No old process takes the CPU."));
            return false;
        }

        var cores = Busy.Cores(top);
        var whole = Math.Clamp(Math.Round(cores), 1, Math.Max(1, vcpus));
        var parent = snapshot.TopProcesses.Any(other => other.ParentPid == top.Pid && Busy.Cores(other) >= 0.1);
        if (KnownWork.Is(top))
        {
            evidence.Add(Weights.KnownWork.Because(Invariant($"{cores:0.0} cores belong to known work, {Told.Of(top.Comm)} (process {top.Pid}).")));
            return false;
        }

        if (parent || Math.Abs(cores - whole) > options.WholeTolerance * whole)
        {
            evidence.Add(Weights.NoSpinner.Because(Invariant($"The busiest old process ({Told.Of(top.Comm)}, {cores:0.00} cores) does not spin on whole cores by itself.")));
            return false;
        }

        evidence.Add(Weights.Spinner.Because(Invariant($"Process {top.Pid} ({Told.Of(top.Comm)}) has spun on {cores:0.0} cores for all of its {top.AgeSeconds / 3600:0.0} h, without children.")));
        return cpu >= options.AgreeingShare * 100 * cores / Math.Max(1, vcpus);
    }
}
