using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Idle;

namespace Watchdog.IdleShutdown;

/// <summary>
/// Whether a VM may be stopped because nobody uses it, and what keeps it; pure. What is not known keeps a VM, and the last word is the idle
/// detector's: where it does not confirm, nothing is stopped.
/// </summary>
public static class IdleRules
{
    /// <summary>Judges a VM by all that is known.</summary>
    public static IdleVerdict Judge(IdleFacts facts, IdlePolicy policy, IdleOptions detector) => Verdict(facts, policy, detector) with { Policy = policy.Name };

    private static IdleVerdict Verdict(IdleFacts facts, IdlePolicy policy, IdleOptions detector)
    {
        var span = facts.Guest is { Answers: false } ? policy.SilentRest ?? policy.Rest : policy.Rest;
        List<Keeper> keepers =
        [
            .. RecordKeepers.Of(facts.Record, facts.Now, policy, detector),
            .. MetricKeepers.Of(facts.Metrics, span, policy),
            .. GuestKeepers.Of(facts.Guest, facts.Now, policy),
        ];
        if (keepers.Count > 0)
        {
            return new IdleVerdict(facts.Now, keepers);
        }

        var finding = Ask(facts, policy, detector);
        var enough = facts.Guest!.Answers ? Detectors.Findings.Verdict.Confirmed : Detectors.Findings.Verdict.Suspicion;
        return finding.Verdict >= enough
            ? new IdleVerdict(facts.Now, [], $"Nobody uses it: {string.Join(" ", finding.Evidence.Select(piece => piece.Sentence))}"
                + (facts.Guest.Answers ? "" : FormattableString.Invariant($" Its agent does not answer, and its metrics have rested for {span.TotalMinutes:0} min.")))
            : new IdleVerdict(facts.Now, [new Keeper("detector", $"The idle detector does not confirm it: {finding.Reason}")]);
    }

    private static Finding Ask(IdleFacts facts, IdlePolicy policy, IdleOptions detector)
    {
        var (record, metrics) = (facts.Record, facts.Metrics!);
        var guest = facts.Guest switch
        {
            { Answers: true, Snapshot: { } snapshot } => GuestReading.Of(snapshot, facts.Guest.Earlier),
            _ => GuestReading.AgentLost(null),
        };
        return IdleDetector.Judge(
            new CaseFacts(
                new VmFacts(record.InstanceId, record.InstanceType, Math.Max(1, record.Vcpus), record.LaunchTime, record.Status), facts.Now,
                HypervisorFacts.Of(metrics.Cpu.Window, metrics.NetworkOut.Window, metrics.NetworkIn.Window, restMinutes: (int)policy.Rest.TotalMinutes), null, guest, ConsoleReading.Absent),
            detector with { CpuPercent = (float)policy.CpuPercent, NetworkBytes = (float)(policy.NetworkBytesPerSecond * metrics.Cpu.PeriodSeconds) });
    }
}
