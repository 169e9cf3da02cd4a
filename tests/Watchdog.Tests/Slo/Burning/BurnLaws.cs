using FsCheck;
using FsCheck.Fluent;
using Watchdog.Slo.Burning;
using Watchdog.Slo.Minutes;

namespace Watchdog.Tests.Slo.Burning;

public sealed class BurnLaws
{
    private static readonly BurnOptions Options = new();
    private static readonly Gen<decimal> Targets = Gen.Choose(93_100, 99_999).Select(share => share / 100_000m);
    private static readonly Gen<BurnRung> Rungs = Gen.Elements<BurnRung>(BurnRung.Standard);

    [Fact]
    public void The_burn_of_a_union_lies_between_those_of_its_parts() => Prop.ForAll(
        (from a in Windows(1_000_000) from b in Windows(1_000_000) from target in Targets select (a, b, target)).ToArbitrary(), of =>
        {
            var (a, b, target) = of;
            var (one, other, both) = (BurnRate.Of(a, target), BurnRate.Of(b, target), BurnRate.Of(a + b, target));
            return (one, other) switch
            {
                (null, _) => both == other,
                (_, null) => both == one,
                // A division is rounded at its 28th digit.
                _ => both >= Math.Min(one.Value, other.Value) - 1e-20m && both <= Math.Max(one.Value, other.Value) + 1e-20m,
            };
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_union_reaches_no_factor_that_neither_part_reaches_and_every_factor_that_both_reach() => Prop.ForAll(
        (from a in Windows(1_000_000) from b in Windows(1_000_000) from target in Targets from rung in Rungs select (a, b, target, rung)).ToArbitrary(), of =>
        {
            var (a, b, target, rung) = of;
            bool Reaches(Tally window) => BurnRate.Reaches(window, target, rung.Factor);
            return (!Reaches(a + b) || Reaches(a) || Reaches(b)) && (!(Reaches(a) && Reaches(b)) || Reaches(a + b));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void With_every_minute_bad_the_burn_is_the_most_there_is() => Prop.ForAll(Gen.Zip(Windows(1_000_000), Targets).ToArbitrary(), of =>
    {
        var (window, target) = of;
        return BurnRate.Of(new(0, 1 + window.Bad, 0, 0), target) == 1 / (1 - target) && (BurnRate.Of(window, target) ?? 0) <= 1 / (1 - target);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_too_little_known_stays_what_it_was() => Prop.ForAll(Judgements(), of =>
    {
        var (wide, narrow, target, rung, was) = of;
        var judged = BurnJudgement.Of(target, rung, wide, narrow, was, Options);
        var tooLittleKnown = wide.Coverage < 0.9 || narrow.Coverage is null or < 0.9;
        return wide.All == 0 || !tooLittleKnown || (judged.Frozen && judged.Firing == was);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Frozen_never_changes_and_told_never_remembers() => Prop.ForAll(Judgements(), of =>
    {
        var (wide, narrow, target, rung, was) = of;
        var (now, other) = (BurnJudgement.Of(target, rung, wide, narrow, was, Options), BurnJudgement.Of(target, rung, wide, narrow, !was, Options));
        return now.Frozen == other.Frozen && (now.Frozen ? now.Firing == was && other.Firing == !was : now.Firing == other.Firing);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_vm_that_reboots_pages_nobody_whatever_its_group() => Prop.ForAll(
        (from vms in Gen.Choose(1, 3_000) from target in Targets from rung in Rungs from away in Gen.Choose(1, Options.BlipMinutes) select (vms, target, rung, away)).ToArbitrary(), of =>
        {
            var (vms, target, rung, away) = of;
            Tally Window(int minutes) => new(((long)vms * minutes) - Math.Min(away, minutes), Math.Min(away, minutes), 0, 0);
            return !BurnJudgement.Of(target, rung, Window(rung.LongMinutes), Window(rung.ShortMinutes), false, Options).Firing;
        }).QuickCheckThrowOnFailure();

    private static Gen<Tally> Windows(int most) =>
        from minutes in Gen.OneOf(Gen.Choose(0, 100), Gen.Choose(0, most)).ArrayOf(4)
        select new Tally(minutes[0], minutes[1], minutes[2], minutes[3]);

    // The short window lies within the long one.
    private static Arbitrary<(Tally, Tally, decimal, BurnRung, bool)> Judgements() =>
        (from narrow in Windows(20_000) from rest in Windows(200_000) from target in Targets from rung in Rungs from was in Gen.Elements(true, false)
         select (narrow + rest, narrow, target, rung, was)).ToArbitrary();
}
