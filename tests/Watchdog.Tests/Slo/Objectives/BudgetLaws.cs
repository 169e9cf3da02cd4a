using FsCheck;
using FsCheck.Fluent;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;

namespace Watchdog.Tests.Slo.Objectives;

public sealed class BudgetLaws
{
    private static readonly Gen<decimal> Targets = Gen.Choose(1, 99_999).Select(share => share / 100_000m);
    private static readonly Gen<Tally> Tallies =
        from minutes in Gen.OneOf(Gen.Choose(0, 20), Gen.Choose(0, 2_000_000_000)).ArrayOf(4)
        select new Tally(minutes[0], minutes[1], minutes[2], minutes[3]);
    private static readonly Arbitrary<(Tally, decimal)> Promises = Gen.Zip(Tallies, Targets).Select(pair => (pair.Item1, pair.Item2)).ToArbitrary();
    private static readonly Arbitrary<(Tally, Tally, decimal)> Unions =
        (from a in Tallies from b in Tallies from target in Targets select (a, b, target)).ToArbitrary();

    [Fact]
    public void The_budget_is_what_the_target_allows_of_the_minutes_that_count_less_the_bad_ones() => Prop.ForAll(Promises, of =>
    {
        var (minutes, target) = of;
        var budget = Budget.Of(minutes, target);
        return budget.Minutes == (1 - target) * (minutes.Good + minutes.Bad) && budget.Left == budget.Minutes - minutes.Bad;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Budgets_of_disjoint_minutes_add_up() => Prop.ForAll(Unions, of =>
    {
        var (a, b, target) = of;
        var (whole, left, right) = (Budget.Of(a + b, target), Budget.Of(a, target), Budget.Of(b, target));
        return whole.Minutes == left.Minutes + right.Minutes && whole.Left == left.Left + right.Left;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_budget_is_overspent_exactly_where_the_sli_is_under_the_target() => Prop.ForAll(Promises, of =>
    {
        var (minutes, target) = of;
        return Budget.Of(minutes, target).Left < 0 == minutes.Good < target * (minutes.Good + minutes.Bad);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_excluded_or_unknown_neither_adds_to_the_budget_nor_spends_it() => Prop.ForAll(Promises, of =>
    {
        var (minutes, target) = of;
        return Budget.Of(minutes, target) == Budget.Of(minutes with { Excluded = 0, Unknown = 0 }, target);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Unknown_minutes_never_make_a_verdict_met_that_was_not_met_with_them_bad() => Prop.ForAll(Promises, of =>
    {
        var (minutes, target) = of;
        var asBad = new Tally(minutes.Good, minutes.Bad + minutes.Unknown, minutes.Excluded, 0);
        return SloVerdicts.Of(minutes, target) != SloVerdict.Met || SloVerdicts.Of(asBad, target) == SloVerdict.Met;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Unknown_minutes_never_make_a_verdict_breached_that_was_not_breached_with_them_good() => Prop.ForAll(Promises, of =>
    {
        var (minutes, target) = of;
        var asGood = new Tally(minutes.Good + minutes.Unknown, minutes.Bad, minutes.Excluded, 0);
        return SloVerdicts.Of(minutes, target) != SloVerdict.Breached || SloVerdicts.Of(asGood, target) == SloVerdict.Breached;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_verdict_that_could_be_told_holds_whatever_the_unknown_minutes_turn_out_to_be() => Prop.ForAll(
        (from of in Promises.Generator from share in Gen.Choose(0, 1_000) select (of.Item1, of.Item2, share)).ToArbitrary(), of =>
        {
            var (minutes, target, share) = of;
            var bad = minutes.Unknown * share / 1_000;
            var told = new Tally(minutes.Good + minutes.Unknown - bad, minutes.Bad + bad, minutes.Excluded, 0);
            var verdict = SloVerdicts.Of(minutes, target);
            return verdict == SloVerdict.Undetermined || verdict == SloVerdicts.Of(told, target);
        }).QuickCheckThrowOnFailure();
}
