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
    public static IdleVerdict Judge(IdleFacts facts, IdleShutdownOptions options, IdleOptions detector)
    {
        var span = facts.Guest is { Answers: false } ? options.SilentSpan ?? options.Span : options.Span;
        List<Keeper> keepers =
        [
            .. RecordKeepers.Of(facts.Record, facts.Now, options, detector),
            .. MetricKeepers.Of(facts.Metrics, span, options),
            .. GuestKeepers.Of(facts.Guest, facts.Now, options),
        ];
        if (keepers.Count > 0)
        {
            return new IdleVerdict(facts.Now, keepers);
        }

        var finding = Ask(facts, options, detector);
        var enough = facts.Guest!.Answers ? Verdict.Confirmed : Verdict.Suspicion;
        return finding.Verdict >= enough
            ? new IdleVerdict(facts.Now, [], $"Nobody uses it: {string.Join(" ", finding.Evidence.Select(piece => piece.Sentence))}"
                + (facts.Guest.Answers ? "" : FormattableString.Invariant($" Its agent does not answer, and its metrics have rested for {span.TotalMinutes:0} min.")))
            : new IdleVerdict(facts.Now, [new Keeper("detector", $"The idle detector does not confirm it: {finding.Reason}")]);
    }

    private static Finding Ask(IdleFacts facts, IdleShutdownOptions options, IdleOptions detector)
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
                HypervisorFacts.Of(metrics.Cpu.Window, metrics.NetworkOut.Window, metrics.NetworkIn.Window), null, guest, ConsoleReading.Absent),
            detector with { CpuPercent = (float)options.CpuPercent, NetworkBytes = (float)(options.NetworkBytesPerSecond * metrics.Cpu.PeriodSeconds) });
    }
}
