using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;

namespace Watchdog.Tests.Detection;

public class SuspicionTests
{
    private static readonly Evidence Process = new(Family.GuestProcesses, "saturated-process", 1.5, "Busy.");

    [Fact]
    public void A_high_VM_is_watched_and_a_calm_one_forgotten()
    {
        Assert.Equal(SuspectStage.Hot, After(Given.Subject(null, ScreenOutcome.Hot), open: false)!.Stage);
        Assert.Null(After(Given.Subject(null, ScreenOutcome.Quiet), open: false));
        Assert.Null(After(Given.Subject(Given.Suspect(SuspectStage.Hot), ScreenOutcome.Quiet), open: false));
    }

    [Fact]
    public void A_VM_without_numbers_is_neither_calm_nor_cleared()
    {
        var subject = Given.Subject(Given.Suspect(SuspectStage.Hot), ScreenOutcome.CannotTell);
        Assert.Same(subject.Before, After(subject, open: false));
    }

    [Fact]
    public void Nothing_with_an_open_episode_is_forgotten()
    {
        Assert.NotNull(After(Given.Subject(null, ScreenOutcome.Quiet), open: true));
        Assert.Equal(SuspectStage.Inspection, After(Given.Subject(Given.Suspect(SuspectStage.Benign), ScreenOutcome.Quiet), open: true)!.Stage);
    }

    [Fact]
    public void A_look_inside_clears_the_plateau_that_is_there_and_not_one_that_has_ended()
    {
        var detail = new SuspectDetail { Triage = Given.Plateau(), TriagedAt = Given.Now };
        var cleared = After(Judged(Given.Subject(Given.Suspect(detail: detail, looks: 1)), Verdict.Clear), open: false)!;
        Assert.Equal((SuspectStage.Benign, 98f, Given.Now.AddDays(14)), (cleared.Stage, cleared.Detail.Cleared!.Level, cleared.DueAt));
        Assert.Equal("/usr/bin/python3", cleared.Detail.Cleared.Executable);

        Assert.Null(After(Judged(Given.Subject(Given.Suspect(detail: detail, looks: 1), ScreenOutcome.Quiet), Verdict.Clear), open: false));
        Assert.Equal(SuspectStage.Inspection, After(Judged(Given.Subject(Given.Suspect(detail: detail, looks: 1)), Verdict.Suspicion), open: false)!.Stage);
    }

    [Fact]
    public void A_failing_check_keeps_the_VM_under_watch()
    {
        var failing = new StatusFacts(CheckState.Impaired, CheckState.Ok, CheckState.Ok, Given.Now.AddMinutes(-6));
        var subject = Judged(Given.Subject(Given.Suspect(), ScreenOutcome.Quiet, status: failing), Verdict.Clear);
        Assert.Equal(SuspectStage.Inspection, After(subject, open: false)!.Stage);
    }

    [Fact]
    public void One_look_inside_confirms_only_by_something_decisive_or_from_outside()
    {
        var snapshot = Given.Snapshot();
        var once = Given.Facts(GuestReading.Of(snapshot));
        Assert.Equal(Verdict.Suspicion, Twice.Held(Given.Finding(Verdict.Confirmed, Process), once).Verdict);
        Assert.Equal(Verdict.Confirmed, Twice.Held(Given.Finding(Verdict.Confirmed, Process), Given.Facts(GuestReading.Of(snapshot, snapshot))).Verdict);
        Assert.Equal(Verdict.Confirmed, Twice.Held(Given.Finding(Verdict.Confirmed, Process with { Decisive = true }), once).Verdict);
        Assert.Equal(Verdict.Confirmed, Twice.Held(Given.Finding(Verdict.Confirmed, Process, Process with { Family = Family.Console }), once).Verdict);
    }

    [Fact]
    public void Frozen_facts_survive_hostile_text_and_absent_numbers()
    {
        var detail = new SuspectDetail { Triage = Given.Plateau(network: double.NaN), Console = new ConsoleReading("a\0b\ud800\\u0000<script>", null) };
        var json = FrozenJson.Write(detail);

        Assert.DoesNotContain("\\u0000\"", json, StringComparison.Ordinal);
        var back = FrozenJson.Read<SuspectDetail>(json)!;
        Assert.True(double.IsNaN(back.Triage!.NetworkPerCoreSecond));
        Assert.DoesNotContain('\0', back.Console!.Tail!);
        Assert.Null(FrozenJson.Read<SuspectDetail>("{ not json"));
    }

    private static Subject Judged(Subject subject, Verdict verdict)
    {
        subject.Judged = Given.Facts(GuestReading.Of(Given.Snapshot())) with { Triage = subject.After?.Detail.Triage };
        subject.Findings = [Given.Finding(verdict)];
        return subject;
    }

    private static Suspect? After(Subject subject, bool open) => Suspicion.After(subject, open, Given.Now, Given.Options);
}
