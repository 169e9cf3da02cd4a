using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Tests.Mining;

public class SilencedTests
{
    private static readonly DateTimeOffset Onset = Given.SuspiciousPlateau().Onset;

    private static Finding Judge(DateTimeOffset? since, TriageResult triage) =>
        MinerDetector.Judge(Given.Case() with { Triage = triage, Guest = GuestReading.AgentLost(since) }, new MinerOptions());

    [Theory]
    [InlineData(-10)]
    [InlineData(0)]
    [InlineData(30)]
    public void An_agent_that_falls_silent_with_a_plateau_makes_it_a_suspicion_whatever_explains_it(double minutes)
    {
        foreach (var triage in (TriageResult[])[Given.ExplainedPlateau(), Given.SuspiciousPlateau()])
        {
            var found = Judge(Onset.AddMinutes(minutes), triage);
            Assert.Equal(Verdict.Suspicion, found.Verdict);
            Assert.True(found.StandsOnLostAgent());
            Assert.Contains("fell silent", found.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_agent_lost_long_before_or_at_an_unknown_instant_leaves_explained_work_alone()
    {
        Assert.Equal(Verdict.Clear, Judge(Onset.AddMinutes(-16), Given.ExplainedPlateau()).Verdict);
        Assert.Equal(Verdict.Clear, Judge(null, Given.ExplainedPlateau()).Verdict);
        Assert.Contains(Judge(Onset.AddDays(-3), Given.SuspiciousPlateau()).Evidence, static piece => piece.Code == "agent-lost");
    }

    [Fact]
    public void A_plateau_that_is_not_new_is_not_made_suspicious_by_a_lost_agent()
        => Assert.Equal(Verdict.Clear, Judge(Onset, Given.ExplainedPlateau() with { Outcome = TriageOutcome.Benign, Evidence = [Weights.SeenBefore.Because("Not new.")] }).Verdict);

    [Fact]
    public void What_silences_the_agent_is_no_runaway_even_on_whole_cores()
    {
        var facts = Given.Case(cpu: 50) with { Triage = Given.SuspiciousPlateau(50, FindingClass.Runaway) };
        Assert.Equal((Verdict.Clear, Verdict.Suspicion), Both(facts));
        Assert.Equal((Verdict.Clear, Verdict.Suspicion), Both(facts with { Guest = GuestReading.AgentLost(Onset.AddDays(-3)) }));
        Assert.Equal((Verdict.Suspicion, Verdict.Clear), Both(facts with { Guest = GuestReading.AgentLost(Onset) }));

        static (Verdict Miner, Verdict Runaway) Both(CaseFacts facts)
        {
            var found = Judgement.Of(facts, new DetectorOptions());
            return (found.Single(static finding => finding.Class == FindingClass.Miner).Verdict, found.Single(static finding => finding.Class == FindingClass.Runaway).Verdict);
        }
    }
}
