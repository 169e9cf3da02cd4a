using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Verdicts;
using static System.FormattableString;

namespace Watchdog.Detectors.Health;

/// <summary>
/// Dead VMs: a host fault is AWS's, never the user's; a panicked or hung kernel shows by the instance check together with silent network or the
/// console's last words. A blip of five to ten minutes, a boot and a lost agent alone are neither.
/// </summary>
public static class DeadVmDetector
{
    /// <summary>Said of nearly every VM, so that it is said once.</summary>
    internal static readonly Finding Passes = Concluding.Clear(FindingClass.Panic, "The instance check passes.");

    /// <summary>Judges a VM.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="options">Settings.</param>
    /// <returns>Class panic or hostfault; cannot tell when the status checks are unknown and nothing else speaks.</returns>
    public static Finding Judge(CaseFacts facts, DeadVmOptions options)
    {
        var status = facts.Vm.Status;
        if (status is { System: CheckState.Impaired } or { Ebs: CheckState.Impaired })
        {
            return Host(status.Value, facts, options);
        }

        if (facts.BootedWithin(options.BootGraceMinutes) || status is { Instance: CheckState.Initializing })
        {
            return Concluding.Clear(FindingClass.Panic, "The VM boots.");
        }

        var panic = ConsoleText.Find(Fresh(facts, options), ConsoleText.Panic);
        if (status is null or { Instance: CheckState.Unknown } && panic is null && facts.Guest.State is not GuestState.Read)
        {
            return Concluding.CannotTell(FindingClass.Panic, "The instance's status check is unknown.");
        }

        var impaired = status is { Instance: CheckState.Impaired, ImpairedSince: { } since } ? (facts.Now - since).TotalMinutes : 0;
        if (impaired <= 0 && options.ImpairedMinutes > 0 && facts.Console.Tail is null && facts.Guest.State != GuestState.AgentLost)
        {
            return Passes;
        }

        var evidence = new List<Evidence>(6);
        Checks(facts, impaired, options, evidence);
        Words(facts, panic, impaired, options, evidence);
        return evidence.Count == 0
            ? Concluding.Clear(FindingClass.Panic, impaired > 0
                ? Invariant($"The instance check fails for {impaired:0} minutes, no longer than AWS's own blips.")
                : Passes.Reason)
            : Concluding.Conclude(FindingClass.Panic, evidence, hypervisorAgrees: true, options.Verdict);
    }

    private static void Checks(CaseFacts facts, double impaired, DeadVmOptions options, List<Evidence> evidence)
    {
        var metrics = facts.Hypervisor;
        // A VM that never sent anything has nothing that could collapse; where its usual is not known, silence counts.
        var collapsed = !(metrics.UsualNetworkOut < options.SilentBytes)
            && (metrics.NetworkOutRatio < options.CollapseRatio || metrics.RecentNetworkOut < options.SilentBytes);
        if (impaired >= options.ImpairedMinutes && (collapsed || impaired >= options.ImpairedLongMinutes))
        {
            evidence.Add(Weights.InstanceImpaired.Because(Invariant($"The instance check fails for {impaired:0} minutes.")));
            if (impaired >= options.ImpairedLongMinutes)
            {
                evidence.Add(Weights.ImpairedLong.Because(Invariant($"AWS's own blips end within {options.ImpairedLongMinutes:0} minutes.")));
            }

            if (collapsed)
            {
                evidence.Add(Weights.NetworkCollapse.Because(Invariant($"NetworkOut is down to {metrics.RecentNetworkOut:0} bytes a period, from a usual {metrics.UsualNetworkOut:0}.")));
            }
        }
    }

    private static void Words(CaseFacts facts, string? panic, double impaired, DeadVmOptions options, List<Evidence> evidence)
    {
        var lost = facts.Guest.State == GuestState.AgentLost;
        if (panic is not null)
        {
            // Text alone can be forged: a check that fails or an agent that is gone makes it decisive.
            evidence.Add(Weights.PanicText.Because($"The console says: {panic}", decisive: impaired > 0 || lost));
        }
        else if (impaired > 0 || lost)
        {
            var tail = Fresh(facts, options);
            if (ConsoleText.Find(tail, ConsoleText.Lockup) is { } lockup)
            {
                evidence.Add(Weights.LockupText.Because($"The console says: {lockup}"));
            }

            if (ConsoleText.Find(tail, ConsoleText.Oom) is { } oom)
            {
                evidence.Add(Weights.OomText.Because($"The console says: {oom}"));
            }
        }

        if (evidence.Count > 0 && lost)
        {
            evidence.Add(Weights.AgentLost.Because("The SSM agent's connection is lost."));
        }
        else if (evidence.Count > 0 && facts.Guest.State == GuestState.Read)
        {
            evidence.Add(Weights.AgentAnswers.Because("The SSM agent answered: the guest lives."));
        }
    }

    // A text whose capture time is unknown is taken as fresh only where the check fails now.
    private static string? Fresh(CaseFacts facts, DeadVmOptions options)
        => facts.Console.At is { } at && (facts.Now - at).TotalHours > options.ConsoleHours ? null : facts.Console.Tail;

    private static Finding Host(StatusFacts status, CaseFacts facts, DeadVmOptions options)
    {
        var minutes = status.ImpairedSince is { } since ? (facts.Now - since).TotalMinutes : 0;
        if (minutes < options.SystemMinutes)
        {
            return Concluding.Clear(FindingClass.HostFault, Invariant($"AWS's check of its host fails for {minutes:0} minutes: too short to tell from a blip."));
        }

        var evidence = new List<Evidence>(2);
        if (status.System == CheckState.Impaired)
        {
            evidence.Add(Weights.SystemImpaired.Because(Invariant($"AWS's system check fails for {minutes:0} minutes: its host is at fault, not the user."), decisive: true));
        }

        if (status.Ebs == CheckState.Impaired)
        {
            evidence.Add(Weights.EbsImpaired.Because(Invariant($"The EBS check fails for {minutes:0} minutes: a volume's host is at fault, not the user."), decisive: true));
        }

        return Concluding.Conclude(FindingClass.HostFault, evidence, hypervisorAgrees: true, options.Verdict);
    }
}
