using Watchdog.Policy;
using Watchdog.Policy.Guards;

namespace Watchdog.Tests.Policy.Guards;

public sealed class BrakeRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly BrakeFacts Calm = new(3, [], 150_000, 150_000, 149_000, 150_000, 149_000, 50_000, 0.4, 2_000, null, new Brake(false, "as installed"));

    [Fact]
    public void A_calm_fleet_leaves_it_off() => Assert.Null(Decide(Calm));

    [Fact]
    public void Until_a_day_is_known_a_floor_is_the_limit()
    {
        Assert.Null(Decide(Calm with { Candidates = 50 }));
        Assert.Equal(new BrakeTrip(BrakeCauses.Candidates, "51 new cases for an act in an hour; no usual rate is known yet, and the limit is 50"), Decide(Calm with { Candidates = 51 }));
    }

    [Fact]
    public void Candidates_jump_when_they_exceed_a_multiple_of_what_95_of_100_hours_did_not_exceed()
    {
        // One hour with 300 was real, and does not make 300 usual.
        int[] hours = [300, .. Enumerable.Repeat(12, 40), .. Enumerable.Repeat(0, 100)];
        Assert.Null(Decide(Calm with { Candidates = 60, UsualHours = hours }));
        Assert.Equal("61 new cases for an act in an hour; in 95 of 100 hours there were at most 12, and the limit is 60", Decide(Calm with { Candidates = 61, UsualHours = hours })!.Reason);
        Assert.Equal(BrakeCauses.Candidates, Decide(Calm with { Candidates = 51, UsualHours = new int[167] })!.Cause);
    }

    [Fact]
    public void Half_of_the_fleet_missing_turns_it_on_by_the_hour_or_by_the_day()
    {
        Assert.Equal("75000 VMs are listed, of 150000 an hour and 149000 a day ago: under 70 %", Decide(Calm with { Listed = 75_000 })!.Reason);
        Assert.Equal(BrakeCauses.Listed, Decide(Calm with { Listed = 75_000, ListedHourAgo = 76_000 })!.Cause);
        Assert.Null(Decide(Calm with { Listed = 105_000 }));
        Assert.Null(Decide(Calm with { Listed = 10, ListedHourAgo = 99, ListedDayAgo = 99 }));
    }

    [Fact]
    public void Too_many_missing_points_turn_it_on()
    {
        Assert.Equal("74999 of 150000 running VMs could be judged: under 50 %, too many points are missing", Decide(Calm with { Judged = 74_999 })!.Reason);
        Assert.Null(Decide(Calm with { Judged = 75_000 }));
        Assert.Null(Decide(Calm with { Seen = 99, Judged = 0 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_fleet_that_shows_one_and_the_same_value_turns_it_on(double cpu)
    {
        Assert.Equal(BrakeCauses.Equal, Decide(Calm with { ModalCpu = cpu, ModalVms = 45_000 })!.Cause);
        Assert.Contains($"one and the same CPU of {cpu} %", Decide(Calm with { ModalCpu = cpu, ModalVms = 50_000 })!.Reason, StringComparison.Ordinal);
        Assert.Null(Decide(Calm with { ModalCpu = cpu, ModalVms = 44_999 }));
        Assert.Null(Decide(Calm with { Screened = 99, ModalVms = 99 }));
    }

    [Fact]
    public void A_detector_that_was_just_demoted_turns_it_on() =>
        Assert.Equal(new BrakeTrip(BrakeCauses.Precision, "3 of 10"), Decide(Calm with { Demoted = "3 of 10" }));

    [Fact]
    public void What_a_person_has_seen_and_let_go_on_does_not_turn_it_on_again_within_the_hour_and_another_cause_does()
    {
        var seen = Calm with { Candidates = 300, Last = new Brake(false, "real wave") { Actor = "ann", At = Now.AddMinutes(-59), Cause = BrakeCauses.Candidates } };
        Assert.Null(Decide(seen));
        Assert.Equal(BrakeCauses.Judged, Decide(seen with { Judged = 0 })!.Cause);
        Assert.NotNull(BrakeRules.Decide(seen, new(), Now.AddMinutes(1)));
    }

    private static BrakeTrip? Decide(BrakeFacts facts) => BrakeRules.Decide(facts, new(), Now);
}
