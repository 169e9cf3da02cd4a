using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Health;
using Watchdog.Detectors.Verdicts;
using static System.FormattableString;

namespace Watchdog.Detectors.Abuse;

/// <summary>Fork bomb: by forks, pids and system share inside; by the console's words; from outside by CPU at its ceiling in one sample while NetworkOut collapses and the instance check fails.</summary>
public static class ForkBombDetector
{
    /// <summary>Said of nearly every VM, so that it is said once.</summary>
    internal static readonly Finding Nothing = Concluding.Clear(FindingClass.ForkBomb, "Nothing points to a fork bomb.");

    /// <summary>Judges a VM.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="options">Settings.</param>
    /// <returns>Cannot tell when neither CPU, guest nor console are known.</returns>
    public static Finding Judge(CaseFacts facts, ForkBombOptions options)
    {
        if (float.IsNaN(facts.Hypervisor.RecentCpu) && facts.Snapshot is null && facts.Console.Tail is null)
        {
            return Concluding.CannotTell(FindingClass.ForkBomb, "Neither CPU, the guest nor the console could be read.");
        }

        if (facts.Hypervisor.CeilingAt is null && facts.Console.Tail is null && facts.Snapshot is null)
        {
            return Nothing;
        }

        var evidence = new List<Evidence>(6);
        Outside(facts, options, evidence);
        if (ConsoleText.Find(facts.Console.Tail, ConsoleText.ForkFails) is { } line)
        {
            evidence.Add(Weights.ForkText.Because($"The console says: {line}"));
        }

        if (facts.Snapshot is { } snapshot)
        {
            ForkSigns.Collect(snapshot, facts.Vm.Vcpus, options, evidence);
        }

        return evidence.Count == 0
            ? Nothing
            : Concluding.Conclude(FindingClass.ForkBomb, evidence, facts.Hypervisor.RecentCpu >= options.AgreeingCpuPercent, options.Verdict);
    }

    /// <summary>Whether disk writes would decide: a fresh ceiling on a VM that is calm as a rule, whose NetworkOut fell and did not collapse.</summary>
    /// <remarks>CloudWatch bills by the metric: whoever must pay for disk writes asks for them only here.</remarks>
    public static bool AsksDisk(in HypervisorFacts metrics, DateTimeOffset now, ForkBombOptions options) =>
        IsFresh(metrics, now, options) && metrics.UsualCpu < options.StarvedUsualCpuPercent
        && metrics.NetworkOutRatio >= options.DeepCollapseRatio && metrics.NetworkOutRatio < options.StarvedNetworkRatio;

    // A bombed kernel still answers ARP; one that sends nothing at all is dead.
    private static bool IsFresh(in HypervisorFacts metrics, DateTimeOffset now, ForkBombOptions options) =>
        metrics.CeilingAt is { } at && now - at <= TimeSpan.FromMinutes(options.CeilingMinutes) && !(metrics.RecentNetworkOut < 1);

    private static void Outside(CaseFacts facts, ForkBombOptions options, List<Evidence> evidence)
    {
        var metrics = facts.Hypervisor;
        if (!IsFresh(metrics, facts.Now, options))
        {
            return;
        }

        var impaired = facts.Vm.Status is { Instance: CheckState.Impaired, System: not CheckState.Impaired, ImpairedSince: not null };
        var collapsed = metrics.NetworkOutRatio < (impaired || metrics.SilentSince is not null ? options.CollapseRatio : options.DeepCollapseRatio);
        var starved = !collapsed && metrics.UsualCpu < options.StarvedUsualCpuPercent && metrics.NetworkOutRatio < options.StarvedNetworkRatio && metrics.DiskWriteRatio < options.StarvedDiskRatio;
        if (metrics.UsualCpu >= options.BusyCpuPercent || !(impaired || collapsed || starved))
        {
            // A ceiling by itself is any honest job's.
            return;
        }

        evidence.Add(Weights.CeilingStep.Because(Invariant($"CPU rose at once to its ceiling at {metrics.CeilingAt:HH:mm} UTC, from a usual {metrics.UsualCpu:0.#} %.")));
        if (collapsed)
        {
            evidence.Add(Weights.NetworkCollapse.Because(Invariant($"NetworkOut fell to {metrics.NetworkOutRatio * 100:0} % of usual ({metrics.RecentNetworkOut:0} bytes a period).")));
        }

        if (starved)
        {
            evidence.Add(Weights.Starved.Because(Invariant($"Other work starves beside it: disk writes are at {metrics.DiskWriteRatio * 100:0} % of usual, NetworkOut at {metrics.NetworkOutRatio * 100:0} %.")));
        }

        if (metrics.SilentSince is { } silent)
        {
            evidence.Add(Weights.MetricsSilent.Because(Invariant($"No metric came since {silent:HH:mm} UTC.")));
        }

        if (impaired && (facts.Now - facts.Vm.Status!.Value.ImpairedSince!.Value).TotalMinutes >= options.ImpairedMinutes)
        {
            evidence.Add(Weights.InstanceImpaired.Because(Invariant($"The instance check fails since {facts.Vm.Status.Value.ImpairedSince:HH:mm} UTC, beside the ceiling.")));
        }

        if (facts.Guest.State == GuestState.AgentLost)
        {
            evidence.Add(Weights.AgentLost.Because("The SSM agent's connection is lost."));
        }
    }
}
