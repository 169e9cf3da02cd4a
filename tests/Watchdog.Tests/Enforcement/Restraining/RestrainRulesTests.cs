using Watchdog.Enforcement.Restraining;

namespace Watchdog.Tests.Enforcement.Restraining;

public class RestrainRulesTests
{
    private static readonly Restraint Cap = new(4242, 184_467, RestraintActions.Cap, 20, false, "server");
    private static readonly RestrainAnswer First = new("capped", "", 9_000, 5_000, "20000 100000", 1, 0);

    [Fact]
    public void A_cap_counts_only_when_a_second_answer_shows_that_it_holds()
    {
        Assert.Equal(RestrainEnd.AskAgain, RestrainRules.Judge(Cap, First, null).End);

        var second = RestrainRules.Judge(Cap, First with { UpSeconds = 9_060, UsedTicks = 6_200 }, First);

        Assert.Equal(RestrainEnd.Done, second.End);
        Assert.Contains("took 20 % of a core in 60 s", second.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_takes_more_than_its_cap_is_not_capped()
    {
        var verdict = RestrainRules.Judge(Cap, First with { UpSeconds = 9_060, UsedTicks = 10_900 }, First);

        Assert.Equal(RestrainEnd.Failed, verdict.End);
        Assert.Contains("took 98 %", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max 100000", 1)]
    [InlineData("50000 100000", 1)]
    [InlineData("", 1)]
    [InlineData("20000 100000", 0)]
    public void A_limit_that_was_not_read_back_is_none(string limit, int processes) =>
        Assert.Equal(RestrainEnd.Failed, RestrainRules.Judge(Cap, First with { Limit = limit, Processes = processes }, null).End);

    [Fact]
    public void A_crowd_of_which_some_escaped_is_not_held_and_one_whose_first_has_died_is()
    {
        var crowd = Cap with { Crowd = true };

        Assert.Equal(RestrainEnd.Failed, RestrainRules.Judge(crowd, First with { Outside = 3 }, First).End);
        Assert.Equal(RestrainEnd.Done, RestrainRules.Judge(crowd, First with { UsedTicks = null, Processes = 61, UpSeconds = 9_060 }, First).End);
    }

    [Theory]
    [InlineData("cap", "gone", RestrainEnd.Done)]
    [InlineData("cap", "changed", RestrainEnd.Done)]
    [InlineData("cap", "unsupported", RestrainEnd.Failed)]
    [InlineData("cap", "refused", RestrainEnd.Failed)]
    [InlineData("cap", "ended", RestrainEnd.Failed)]
    [InlineData("cap", "lifted", RestrainEnd.Failed)]
    [InlineData("end", "ended", RestrainEnd.Done)]
    [InlineData("end", "gone", RestrainEnd.Done)]
    [InlineData("end", "changed", RestrainEnd.Done)]
    [InlineData("end", "capped", RestrainEnd.Failed)]
    [InlineData("end", "unsupported", RestrainEnd.Failed)]
    [InlineData("lift", "lifted", RestrainEnd.Done)]
    [InlineData("lift", "gone", RestrainEnd.Done)]
    [InlineData("lift", "changed", RestrainEnd.Done)]
    [InlineData("lift", "unsupported", RestrainEnd.Retry)]
    public void Each_state_has_one_meaning_for_each_action(string action, string state, RestrainEnd end) =>
        Assert.Equal(end, RestrainRules.Judge(Cap with { Action = action }, First with { State = state, Limit = "" }, null).End);
}
