using System.Globalization;
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

    [Fact]
    public void Sums_count_outcomes_latencies_exposures_refusals_and_rulings()
    {
        var summary = new Summary();
        summary.Add(Case("contained", "quarantine:verified") with { Timeline = [Line("act.verified", 1, 20)], Rulings = [Ruled("false_positive"), Ruled("true_positive")] });
        summary.Add(Case("open", "quarantine:refused") with { Rulings = [Ruled("benign_positive")] });
        summary.Add(Case("open", "quarantine:executing") with
        {
            Acts = [Act("quarantine:executing", 1) with { Steps = [Exposed(0, 2.5), Exposed(0, null), Exposed(null, null)] }],
        });

        var miners = Assert.Single(summary.Classes);
        Assert.Equal((3, 1, 1, 1), (miners.Cases, miners.Count(CaseOutcome.Contained), miners.Count(CaseOutcome.Refused), miners.Count(CaseOutcome.UnderWay)));
        Assert.Equal((new Spread(3, 10, 10), new Spread(1, 20, 20)), (miners.Detection, miners.Verification));
        Assert.Equal((2, 1, 1), (miners.Ruled, miners.Precision.Right, miners.Precision.Wrong));
        Assert.Equal((2, 1, 2.5, 2.5), (summary.Exposures, summary.StillExposed, summary.ExposedSeconds, summary.LongestExposure));
        Assert.Equal(("why", 1), Assert.Single(summary.Refusals));
    }

    [Theory]
    [InlineData("", 0, double.NaN, double.NaN)]
    [InlineData("7", 1, 7, 7)]
    [InlineData("4 1 3 2", 4, 2.5, 4)]
    [InlineData("10 9 8 7 6 5 4 3 2 1", 10, 5.5, 9)]
    public void Median_and_ninetieth_percentile(string values, int count, double median, double p90) =>
        Assert.Equal(new Spread(count, median, p90), Spread.Of(
            [.. values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => double.Parse(v, CultureInfo.InvariantCulture))]));

    private static ReportedCase Case(string state, params string[] acts) => new(
        new CaseRecord(1, "i-1", 1, "ann", "miner", Start.AddMinutes(10), null, state, 0.99, "r", "1", 1),
        [(new CaseEpisodeRecord(1, 1, "miner", Start, Start.AddMinutes(10), null, 0.99, "r", "{}"), null)],
        [.. acts.Select((act, i) => Act(act, i + 1))], [], []);

    private static ReportedAct Act(string act, long id) => new(
        new ActRecord(id, Guid.Empty, 1, "i-1", 1, act.Split(':')[0], act.Split(':')[1], 1, false, null, "r", "watchdog", "1", Start.AddMinutes(10), null, null,
            null, 0, null, "why", null), null, null, [], []);

    private static AuditRecord Line(string what, long? act, double minute) =>
        new(1, Start.AddMinutes(minute), "watchdog", what, "case:1", act is null ? """{"act":null}""" : $$"""{"act":{{act}}}""", "1", null);

    private static RulingRecord Ruled(string ruling) => new(1, 1, Start, ruling, "ann", "r");

    private static ReportedStep Exposed(double? from, double? to) => new(
        new StepRecord(1, 1, 0, "groups", "eni-1", "ec2:ModifyNetworkInterfaceAttribute", "{}", "{}", null, "done", 0, null, null, null, null),
        from is { } f ? Start.AddSeconds(f) : null, to is { } t ? Start.AddSeconds(t) : null);
}
