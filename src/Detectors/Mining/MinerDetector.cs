using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Mining;

/// <summary>
/// Mining: a plateau that no work explains, and inside the guest one strong sign, or two medium ones of different families. Without a look
/// inside it is a suspicion at most.
/// </summary>
public static class MinerDetector
{
    /// <summary>Said of nearly every VM, so that it is said once.</summary>
    internal static readonly Finding NoPlateau = Concluding.Clear(FindingClass.Miner, "No plateau of CPU is new for this VM, and nobody looked inside.");

    private const double Strong = 4;

    /// <summary>Judges a VM.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="options">Settings.</param>
    /// <returns>Cannot tell when neither metrics nor guest are known; clear when nothing points to mining.</returns>
    public static Finding Judge(CaseFacts facts, MinerOptions options)
    {
        var triage = facts.Triage is { Outcome: not TriageOutcome.CannotTell } known ? known : null;
        var snapshot = facts.Snapshot;
        if (triage is null && snapshot is null)
        {
            return facts.Triage is null && !float.IsNaN(facts.Hypervisor.RecentCpu)
                ? NoPlateau
                : Concluding.CannotTell(FindingClass.Miner, "Neither the CPU's plateau nor the guest could be read.");
        }

        var evidence = new List<Evidence>(8);
        if (triage is not null)
        {
            evidence.AddRange(triage.Evidence.Where(static piece => piece.Code != Weights.WholeCores.Code));
        }

        var cpu = Agreement.Cpu(facts, triage);
        if (snapshot is not null)
        {
            MinerSigns.Collect(snapshot, facts.Guest.Earlier, facts.Vm.Vcpus, cpu, options, facts.Indicators, evidence);
            // Work of its own needs no second look at its I/O; what bears a miner's signs is asked whether the I/O is its own.
            if (triage is not null && MayConfirm(evidence))
            {
                Attribution.Answer(snapshot, triage, facts.Vm.Vcpus, evidence);
            }
        }
        else if (Silenced.Of(facts.Guest, triage) is { } silence)
        {
            evidence.Add(silence);
        }

        return Concluding.Conclude(FindingClass.Miner, evidence, cpu >= options.AgreeingCpuPercent, options.Verdict, MayConfirm(evidence));
    }

    // One strong sign, or two medium ones of different families, from inside; or a busy process that hides both its file and its name.
    private static bool MayConfirm(List<Evidence> evidence)
    {
        double processes = 0, connections = 0, load = 0;
        var hides = 0;
        foreach (var piece in evidence)
        {
            if (piece.Weight >= Strong && (piece.Family is Family.GuestProcesses or Family.GuestConnections))
            {
                return true;
            }

            hides += piece.Code == Weights.OddExecutable.Code || piece.Code == Weights.ForgedName.Code ? 1 : 0;
            processes += piece.Family == Family.GuestProcesses ? piece.Weight : 0;
            connections += piece.Family == Family.GuestConnections ? piece.Weight : 0;
            load += piece.Family == Family.GuestLoad ? piece.Weight : 0;
        }

        return hides >= 2 || (processes >= 1 ? 1 : 0) + (connections >= 1 ? 1 : 0) + (load >= 1 ? 1 : 0) >= 2;
    }
}
