using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;

namespace Watchdog.Detection;

/// <summary>Asks all detectors about each subject whose looks gave something new.</summary>
public sealed class Judging(DetectorOptions detectors, ILogger<Judging> log)
{
    /// <summary>Between two verdicts on the same evidence: hysteresis counts findings, so a busy minute must not count twice.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);
    /// <summary>How long a look inside speaks for the guest.</summary>
    private static readonly TimeSpan GuestStands = TimeSpan.FromMinutes(20);

    /// <summary>Judges.</summary>
    public void Run(ShardView view)
    {
        var version = VersionOf(view.Indicators);
        foreach (var subject in view.Subjects.Values.Where(subject => IsJudged(subject, view)))
        {
            try
            {
                var facts = FactsOf(subject, view);
                subject.Judged = facts;
                subject.Findings = [.. Judgement.Of(facts, detectors, open: Settled(subject)).Select(finding => Twice.Held(finding, facts) with { RuleVersion = version })];
            }
            catch (Exception fault) when (fault is ArgumentException or ArithmeticException or InvalidOperationException)
            {
                Log.JudgementFailed(log, fault, subject.Vm.InstanceId);
                view.Fail();
            }
        }
    }

    /// <summary>The rules' version as every verdict bears it: the program's and the indicators'.</summary>
    public static string VersionOf(IndicatorSet indicators) => $"{ProgramVersion.Current}+{indicators.Version}";

    // What could be either goes on as what was opened.
    private static FindingClass? Settled(Subject subject)
    {
        foreach (var @class in (ReadOnlySpan<FindingClass>)[FindingClass.ForkBomb, FindingClass.Panic, FindingClass.Miner, FindingClass.Runaway])
        {
            if (subject.Open.Any(episode => episode.Class == @class))
            {
                return @class;
            }
        }

        return null;
    }

    /// <summary>Whether a verdict is due: something was looked at in this run, the last verdict is old, or it stood on other indicators.</summary>
    public static bool IsDue(Subject subject, ShardView view) =>
        subject.Looked || subject.Before?.Detail.JudgedAt is not { } at || view.Now - at >= Between || at > view.Now
        || subject.Before.Detail.Indicators != view.Indicators.Version;

    private static bool IsJudged(Subject subject, ShardView view) => IsDue(subject, view) && subject.After?.Stage switch
    {
        SuspectStage.Inspection or SuspectStage.Triage => true,
        SuspectStage.Benign => subject.Looked,
        _ => NetworkLook.HasCeiling(subject, view.Now),
    };

    private static CaseFacts FactsOf(Subject subject, ShardView view)
    {
        var now = view.Now;
        var detail = subject.After?.Detail;
        // A look that is too old says nothing of now, and a plateau that ended is none.
        var stands = detail?.LookedAt is { } at && now - at <= GuestStands && at <= now;
        var guest = stands && detail?.Guest is { } reading ? reading : GuestReading.NotAsked;
        var console = stands && detail?.Console is { } text ? text : ConsoleReading.Absent;
        var triage = subject.Screen is { Outcome: ScreenOutcome.Quiet } ? null : detail?.Triage;
        return new CaseFacts(subject.Facts, now, subject.Hypervisor, triage, guest, console) { Indicators = view.Indicators };
    }
}
