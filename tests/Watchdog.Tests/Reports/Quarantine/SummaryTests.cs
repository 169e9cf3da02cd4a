using Watchdog.Ledger;
using Watchdog.Reports.Quarantine;

namespace Watchdog.Tests.Reports.Quarantine;

public sealed class SummaryTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("contained", "contained", "quarantine:verified")]
    [InlineData("contained", "contained", "quarantine:escalated", "stop:verified")]
    [InlineData("unproven", "contained", "quarantine:unverifiable")]
    [InlineData("under way", "open", "quarantine:escalated", "stop:executing")]
    [InlineData("failed", "open", "stop:failed")]
    [InlineData("proposed", "open", "quarantine:proposed")]
    [InlineData("observed", "open", "quarantine:observed")]
    [InlineData("refused", "open", "quarantine:refused")]
    [InlineData("released", "released", "quarantine:released", "release:verified")]
    [InlineData("contained", "confirmed", "stop:verified")]
    [InlineData("nothing", "open", "warn:verified")]
    [InlineData("nothing", "closed", "quarantine:withdrawn")]
    [InlineData("nothing", "open")]
    public void An_outcome_is_what_became_of_the_vm(string outcome, string state, params string[] acts) =>
        Assert.Equal(outcome, CaseOutcomes.NameOf(Case(state, acts).Outcome));

    [Fact]
    public void Times_are_those_of_the_containing_act_even_when_it_was_released_since()
    {
        var of = Case("released", "warn:verified", "quarantine:released", "release:verified") with
        {
            Timeline = [Line("act.verified", 1, 5), Line("act.applied", 2, 11), Line("act.verified", 2, 14), Line("act.verified", 3, 90), Line("case.released", null, 90)],
        };

        Assert.Equal((10, 11, 14), (of.Times.MinutesTo(of.Times.Detected), of.Times.MinutesTo(of.Times.Contained), of.Times.MinutesTo(of.Times.Verified)));
        Assert.Equal(Start.AddMinutes(90), of.Times.Released);
    }

    private static ReportedCase Case(string state, params string[] acts) => new(
        new CaseRecord(1, "i-1", 1, "ann", "miner", Start.AddMinutes(10), null, state, 0.99, "r", "1", 1),
        [(new CaseEpisodeRecord(1, 1, "miner", Start, Start.AddMinutes(10), null, 0.99, "r", "{}"), null)],
        [.. acts.Select((act, i) => Act(act, i + 1))], [], []);

    private static ReportedAct Act(string act, long id) => new(
        new ActRecord(id, Guid.Empty, 1, "i-1", 1, act.Split(':')[0], act.Split(':')[1], 1, false, null, "r", "watchdog", "1", Start.AddMinutes(10), null, null,
            null, 0, null, "why", null), null, null, [], []);

    private static AuditRecord Line(string what, long? act, double minute) =>
        new(1, Start.AddMinutes(minute), "watchdog", what, "case:1", act is null ? """{"act":null}""" : $$"""{"act":{{act}}}""", "1", null);
}
