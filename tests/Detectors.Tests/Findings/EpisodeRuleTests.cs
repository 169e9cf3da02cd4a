using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Tests.Findings;

public class EpisodeRuleTests
{
    private static readonly EpisodeOptions Options = new();
    private EpisodeState _state;
    private DateTimeOffset _now = Given.Noon;

    private EpisodeChange Next(Verdict verdict, double minutes = 5)
    {
        _now = _now.AddMinutes(minutes);
        var step = EpisodeRule.Next(_state, verdict, _now, Options);
        _state = step.State;
        Assert.False(string.IsNullOrWhiteSpace(step.Reason));
        return step.Change;
    }

    private void Repeat(Verdict verdict, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Next(verdict);
        }
    }

    [Fact]
    public void Two_of_three_suspicions_open()
    {
        Assert.Equal(EpisodeChange.None, Next(Verdict.Suspicion));
        Assert.Equal(EpisodeChange.None, Next(Verdict.Clear));
        Assert.Equal(EpisodeChange.Opened, Next(Verdict.Suspicion));
    }

    [Fact]
    public void A_confirmed_finding_opens_at_once() => Assert.Equal(EpisodeChange.Opened, Next(Verdict.Confirmed));

    [Fact]
    public void Findings_that_cannot_tell_neither_open_nor_close_nor_reset()
    {
        Next(Verdict.Suspicion);
        var before = _state;
        Repeat(Verdict.CannotTell, 50);
        Assert.Equal(before, _state);
        Assert.Equal(EpisodeChange.Opened, Next(Verdict.Suspicion));
        Repeat(Verdict.Clear, 11);
        Repeat(Verdict.CannotTell, 50);
        Assert.True(_state.IsOpen);
    }

    [Fact]
    public void An_hour_of_clear_findings_closes()
    {
        Next(Verdict.Confirmed);
        Repeat(Verdict.Clear, 11);
        Assert.True(_state.IsOpen);
        Assert.Equal(EpisodeChange.Closed, Next(Verdict.Clear));
        Assert.False(_state.IsOpen);
    }

    [Fact]
    public void A_suspicion_between_begins_the_hour_anew()
    {
        Next(Verdict.Confirmed);
        Repeat(Verdict.Clear, 11);
        Next(Verdict.Suspicion);
        Repeat(Verdict.Clear, 11);
        Assert.True(_state.IsOpen);
    }

    [Fact]
    public void A_gap_between_findings_is_not_health()
    {
        Next(Verdict.Confirmed);
        Assert.Equal(EpisodeChange.None, Next(Verdict.Clear, minutes: 600));
    }

    [Fact]
    public void After_a_close_a_mere_suspicion_keeps_quiet_for_twelve_hours_and_a_proof_does_not()
    {
        Next(Verdict.Confirmed);
        Repeat(Verdict.Clear, 12);
        Repeat(Verdict.Suspicion, 10);
        Assert.False(_state.IsOpen);
        var quiet = _state;
        Assert.Equal(EpisodeChange.Opened, Next(Verdict.Confirmed));
        _state = quiet;
        Assert.Equal(EpisodeChange.Opened, Next(Verdict.Suspicion, minutes: 720));
    }

    [Fact]
    public void A_rerun_changes_nothing()
    {
        Next(Verdict.Suspicion);
        var before = _state;
        Assert.Equal(EpisodeChange.None, Next(Verdict.Suspicion, minutes: 0));
        Assert.Equal(before, _state);
        Assert.Equal(EpisodeChange.None, Next(Verdict.Suspicion, minutes: -30));
        Assert.Equal(before, _state);
    }
}
