using Watchdog.Detection;
using Watchdog.Detectors.Screening;

namespace Watchdog.Tests.Detection;

public class PlateausTests
{
    [Theory]
    [InlineData(ScreenOutcome.Novel, true)]
    [InlineData(ScreenOutcome.ColdHot, true)]
    [InlineData(ScreenOutcome.Hot, false)]
    [InlineData(ScreenOutcome.Quiet, false)]
    [InlineData(ScreenOutcome.CannotTell, false)]
    public void Only_a_new_plateau_is_triaged(ScreenOutcome outcome, bool triaged) =>
        Assert.Equal(triaged, Plateaus.NeedsTriage(Given.Subject(null, outcome), Given.Now, Given.Indicators));

    [Fact]
    public void A_benign_plateau_that_goes_on_is_left_alone_for_six_hours()
    {
        var known = Given.Suspect(SuspectStage.Benign, new() { Triage = Given.Plateau(TriageOutcome.Benign), TriagedAt = Given.Now.AddHours(-1), Indicators = Given.Indicators });
        Assert.False(Plateaus.NeedsTriage(Given.Subject(known), Given.Now, Given.Indicators));
        Assert.True(Plateaus.NeedsTriage(Given.Subject(known), Given.Now.AddHours(5), Given.Indicators));
    }

    [Fact]
    public void Another_level_another_beginning_or_an_ended_memory_is_triaged_anew()
    {
        var known = Given.Suspect(SuspectStage.Benign, new() { Triage = Given.Plateau(TriageOutcome.Benign), TriagedAt = Given.Now.AddHours(-1), Indicators = Given.Indicators });
        Assert.True(Plateaus.NeedsTriage(Given.Subject(known, level: 60), Given.Now, Given.Indicators));
        Assert.True(Plateaus.NeedsTriage(Given.Subject(known, onset: Given.Now.AddMinutes(-25)), Given.Now, Given.Indicators));
        Assert.True(Plateaus.NeedsTriage(Given.Subject(known with { DueAt = Given.Now }), Given.Now, Given.Indicators));
    }

    [Fact]
    public void A_plateau_whose_beginning_has_left_the_window_is_still_the_same()
    {
        var known = Given.Suspect(SuspectStage.Benign, new() { Triage = Given.Plateau(TriageOutcome.Benign, onset: Given.Now.AddHours(-5)), TriagedAt = Given.Now.AddHours(-4), Indicators = Given.Indicators });
        Assert.False(Plateaus.NeedsTriage(Given.Subject(known, onset: Given.Now.AddHours(-3)), Given.Now, Given.Indicators));
    }

    [Fact]
    public void What_a_look_inside_explained_is_not_looked_into_again_at_its_level_and_traffic()
    {
        var cleared = new ClearedPlateau(Given.Now.AddDays(-3), 95, 25, 0.02, Given.Indicators);
        var subject = Given.Subject(Given.Suspect(SuspectStage.Benign, new() { Cleared = cleared }));

        Assert.Equal(SuspectStage.Benign, After(subject, Given.Plateau()).Stage);
        Assert.Equal(SuspectStage.Inspection, After(subject, Given.Plateau(level: 60)).Stage);
        Assert.Equal(SuspectStage.Inspection, After(subject, Given.Plateau(network: 90)).Stage);
        Assert.Equal(SuspectStage.Inspection, After(Given.Subject(Given.Suspect(SuspectStage.Benign, new() { Cleared = cleared with { At = Given.Now.AddDays(-15) } })), Given.Plateau()).Stage);
        // The memory counts from the look, however often it is used.
        Assert.Equal(cleared.At.AddDays(14), After(subject, Given.Plateau()).DueAt);
    }

    [Fact]
    public void What_other_indicators_cleared_is_not_remembered()
    {
        var known = Given.Suspect(SuspectStage.Benign, new()
        {
            Triage = Given.Plateau(TriageOutcome.Benign), TriagedAt = Given.Now.AddHours(-1), Indicators = "older",
            Cleared = new ClearedPlateau(Given.Now.AddDays(-3), 95, 25, 0.02, "older"),
        });
        Assert.True(Plateaus.NeedsTriage(Given.Subject(known), Given.Now, Given.Indicators));
        Assert.Equal(SuspectStage.Inspection, After(Given.Subject(known), Given.Plateau()).Stage);
    }

    [Fact]
    public void A_triage_that_failed_is_owed_soon_and_one_that_cannot_tell_later()
    {
        var failed = Plateaus.AfterTriage(Given.Subject(null), Given.Plateau(), enough: false, Given.Indicators, Given.Now, Given.Options);
        Assert.Equal((SuspectStage.Triage, Given.Now.AddMinutes(5)), (failed.Stage, failed.DueAt));

        var mute = After(Given.Subject(null), Given.Plateau(TriageOutcome.CannotTell));
        Assert.Equal((SuspectStage.Triage, Given.Now.AddMinutes(30)), (mute.Stage, mute.DueAt));
        Assert.False(Plateaus.NeedsTriage(Given.Subject(mute), Given.Now.AddMinutes(29), Given.Indicators));
        Assert.True(Plateaus.NeedsTriage(Given.Subject(mute), Given.Now.AddMinutes(30), Given.Indicators));
    }

    [Fact]
    public void An_explained_plateau_gets_its_look_unless_the_operator_says_otherwise()
    {
        var explained = Given.Plateau(TriageOutcome.Explained);
        Assert.Equal(SuspectStage.Inspection, After(Given.Subject(null), explained).Stage);
        Assert.Equal(SuspectStage.Benign,
            Plateaus.AfterTriage(Given.Subject(null), explained, enough: true, Given.Indicators, Given.Now, new DetectionOptions { LookIntoExplained = false }).Stage);
    }

    private static Suspect After(Subject subject, TriageResult result) => Plateaus.AfterTriage(subject, result, enough: true, Given.Indicators, Given.Now, Given.Options);
}
