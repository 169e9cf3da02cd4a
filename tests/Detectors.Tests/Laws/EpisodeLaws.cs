using FsCheck;
using FsCheck.Fluent;
using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Tests.Laws;

public class EpisodeLaws
{
    private static readonly EpisodeOptions Options = new();
    private static readonly Arbitrary<Verdict[]> Findings = Gen.Elements(Enum.GetValues<Verdict>()).ArrayOf().ToArbitrary();

    private static (EpisodeState State, List<EpisodeChange> Changes) Run(IEnumerable<Verdict> verdicts)
    {
        var state = default(EpisodeState);
        var changes = new List<EpisodeChange>();
        var now = Given.Noon;
        foreach (var verdict in verdicts)
        {
            now = now.AddMinutes(5);
            var step = EpisodeRule.Next(state, verdict, now, Options);
            state = step.State;
            changes.Add(step.Change);
        }

        return (state, changes);
    }

    [Fact]
    public void Openings_and_closings_alternate()
        => Prop.ForAll(Findings, static findings =>
        {
            var changes = Run(findings).Changes.Where(static change => change != EpisodeChange.None).ToList();
            return changes.Index().All(static item => item.Item == (item.Index % 2 == 0 ? EpisodeChange.Opened : EpisodeChange.Closed));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_finding_that_cannot_tell_changes_nothing_wherever_it_comes()
        => Prop.ForAll(Findings, static findings =>
        {
            var state = Run(findings).State;
            var step = EpisodeRule.Next(state, Verdict.CannotTell, Given.Noon.AddDays(9), Options);
            return step.State == state && step.Change == EpisodeChange.None;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_suspicion_among_clear_findings_never_opens()
        => Prop.ForAll(Gen.Choose(0, 40).ToArbitrary(), static at =>
            Run(Enumerable.Range(0, 41).Select(i => i == at ? Verdict.Suspicion : Verdict.Clear)).Changes.TrueForAll(static change => change == EpisodeChange.None)).QuickCheckThrowOnFailure();
}
