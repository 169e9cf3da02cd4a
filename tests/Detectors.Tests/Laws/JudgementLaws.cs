using FsCheck;
using FsCheck.Fluent;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Tests.Laws;

public class JudgementLaws
{
    private static readonly VerdictOptions Options = new();

    private static readonly Arbitrary<Evidence[]> Pieces = (
        from family in Gen.Elements(Enum.GetValues<Family>())
        from weight in Gen.Choose(-60, 60)
        from decisive in Gen.Elements(true, false)
        select new Evidence(family, "code", weight / 10d, "It speaks.", decisive)).ArrayOf().ToArbitrary();

    private static readonly Arbitrary<float[]> Windows = Gen.Frequency(
        (5, Gen.Choose(0, 1000).Select(static value => value / 10f)),
        (1, Gen.Constant(float.NaN))).ArrayOf(36).ToArbitrary();

    private static Finding Of(IReadOnlyList<Evidence> pieces, bool agrees) => Concluding.Conclude(FindingClass.Miner, pieces, agrees, Options);

    [Fact]
    public void Scores_lie_between_0_and_1_and_reasons_are_never_empty()
        => Prop.ForAll(Pieces, static pieces => Of(pieces, true) is var found && found.Score is >= 0 and <= 1 && found.Reason.Length > 0).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_evidence_does_not_matter()
        => Prop.ForAll(Pieces, static pieces =>
        {
            var (one, other) = (Of(pieces, true), Of([.. pieces.Reverse()], true));
            return one.Verdict == other.Verdict && Math.Abs(one.Score - other.Score) < 1e-9;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_exculpating_piece_never_raises_score_or_verdict()
        => Prop.ForAll(Pieces, Gen.Elements(Enum.GetValues<Family>()).ToArbitrary(), static (pieces, family) =>
        {
            var (before, after) = (Of(pieces, true), Of([.. pieces, new Evidence(family, "against", -1, "It speaks against.")], true));
            return after.Score <= before.Score && after.Verdict <= before.Verdict;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_hypervisors_metrics_alone_never_confirm()
        => Prop.ForAll(Pieces, static pieces => Of([.. pieces.Where(static piece => piece.Family is Family.CpuShape or Family.NetworkShape or Family.Credits
            or Family.Agent or Family.Sessions or Family.History)], true).Verdict != Verdict.Confirmed).QuickCheckThrowOnFailure();

    [Fact]
    public void The_screen_answers_every_window_and_tells_nothing_from_nothing()
        => Prop.ForAll(Windows, static window =>
        {
            var seen = Screen(window);
            return seen.Reason().Length > 0 && (window.Any(static value => !float.IsNaN(value)) || seen.Outcome == ScreenOutcome.CannotTell);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_point_that_goes_absent_never_makes_a_quiet_VM_without_history_hot_enough_for_inspection()
        => Prop.ForAll(Windows, Gen.Choose(0, 35).ToArbitrary(), static (window, gone) =>
        {
            var before = Screen(window);
            var fewer = (float[])window.Clone();
            var hot = fewer[gone] >= 80;
            fewer[gone] = float.NaN;
            return before.Outcome == ScreenOutcome.ColdHot || !hot || Screen(fewer).Outcome != ScreenOutcome.ColdHot;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Triage_judges_whatever_is_absent_and_absent_traffic_never_exculpates()
        => Prop.ForAll(Windows, Windows, static (cpu, network) =>
        {
            var screen = Screen(cpu);
            var with = Judge(cpu, network, screen);
            var without = Judge(cpu, Given.Flat(36, float.NaN), screen);
            return with.Reason.Length > 0 && without.Evidence.All(static piece => piece.Family != Family.NetworkShape);
        }).QuickCheckThrowOnFailure();

    private static ScreenResult Screen(float[] window) => Detectors.Screening.Screen.Judge(Given.Vm(), Given.Until(Given.Noon, window), default, Given.Noon, new ScreenOptions());

    private static TriageResult Judge(float[] cpu, float[] network, in ScreenResult screen) => Triage.Judge(Given.Vm(), new ContextWindows
    {
        Cpu = Given.Until(Given.Noon, cpu), NetworkIn = Given.Until(Given.Noon, network), NetworkOut = Given.Until(Given.Noon, network),
    }, screen, Given.Noon, new TriageOptions());
}
