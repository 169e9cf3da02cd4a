using FsCheck;
using FsCheck.Fluent;
using Watchdog.IdleShutdown.Savings;

namespace Watchdog.Tests.IdleShutdown.Savings;

/// <summary>How what idle stops saved is added up.</summary>
public sealed class SavingsSumTests
{
    private static readonly DateTimeOffset Since = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = Since.AddDays(1);
    private static readonly PriceList Prices = new("1", new Dictionary<string, RegionPrices>
    {
        ["eu-west-1"] = new(new(2025, 6, 1), "a test", new Dictionary<string, decimal> { ["m5.large"] = 0.107m, ["t3.micro"] = 0.0114m }),
    });

    [Fact]
    public void A_span_is_cut_at_the_period_and_one_that_has_not_ended_lasts_to_its_end()
    {
        var sum = Sum(SavingsGroup.Owner, Span("i-1", -2, 3), Span("i-2", 20, null), Span("i-3", 23, 30), Span("i-4", -5, -4));
        Assert.Equal(3 + 4 + 1, sum.Total.Hours, 9);
        Assert.Equal(8 * 0.107m, sum.Total.Usd);
        // That of i-1 was made before the period, and saves within it.
        Assert.Equal((2, 3), (sum.Total.Stops, sum.Total.Vms));
    }

    [Fact]
    public void What_nobody_saw_is_not_saved()
    {
        Assert.Equal(3, Sum(SavingsGroup.Owner, Span("i-1", 2, null) with { KnownUntil = Since.AddHours(5) }).Total.Hours, 9);
        Assert.Equal(0, Sum(SavingsGroup.Owner, Span("i-1", 2, null) with { KnownUntil = Since.AddHours(1) }).Total.Hours);
    }

    [Fact]
    public void The_end_of_the_period_is_not_in_it()
    {
        Assert.Equal(0, Sum(SavingsGroup.Owner, Span("i-1", 24, null)).Total.Stops);
        Assert.Equal(1, Sum(SavingsGroup.Owner, Span("i-1", 0, 0)).Total.Stops);
        Assert.Empty(Sum(SavingsGroup.Owner, Span("i-1", -3, 0)).Rows);
    }

    [Fact]
    public void A_stop_that_was_undone_at_once_counts_as_little_and_as_regretted()
    {
        var sum = Sum(SavingsGroup.Owner, Span("i-1", 1, 1.25), Span("i-2", 1, 1.5), Span("i-3", 1, 1.25) with { StartedByPerson = false });
        Assert.Equal((1.0, 1), (sum.Total.Hours, sum.Total.Regretted));
    }

    [Fact]
    public void A_type_without_a_price_is_named_and_its_hours_are_in_no_dollars()
    {
        var sum = Sum(SavingsGroup.Type, Span("i-1", 0, 2), Span("i-2", 0, 3) with { InstanceType = "x9.huge" }, Span("i-3", 0, 1) with { Region = "ap-south-1" });
        Assert.Equal((6.0, 2 * 0.107m, 4.0), (sum.Total.Hours, sum.Total.Usd, sum.Total.HoursWithoutPrice));
        Assert.Equal([new("eu-west-1", "x9.huge", 3), new UnpricedType("ap-south-1", "m5.large", 1)], sum.Unpriced);
    }

    [Theory]
    [InlineData(SavingsGroup.Owner, "alice 3, bob 2")]
    [InlineData(SavingsGroup.Type, "m5.large 4, t3.micro 1")]
    [InlineData(SavingsGroup.Policy, "nights 3, default 2")]
    public void Groups_are_told_the_most_hours_first(SavingsGroup by, string rows)
    {
        var sum = Sum(by, Span("i-1", 0, 2) with { Policy = "nights" }, Span("i-2", 0, 2) with { Owner = "bob" }, Span("i-3", 1, 2) with { InstanceType = "t3.micro", Policy = "nights" });
        Assert.Equal(rows, string.Join(", ", sum.Rows.Select(row => FormattableString.Invariant($"{row.Name} {row.Hours}"))));
    }

    [Fact]
    public void Groups_add_up_to_the_total_and_two_halves_to_the_whole() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from owner in Gen.Choose(0, 2)
         from begin in Gen.Choose(-20, 120)
         from tenths in Gen.Choose(0, 250)
         from open in Gen.Elements(true, false, false)
         select Span($"i-{begin}", begin / 4.0, open ? null : (begin / 4.0) + (tenths / 10.0)) with { Owner = $"o{owner}" }).ListOf().ToArbitrary(),
        Gen.Choose(1, 23).ToArbitrary(), (spans, cut) =>
        {
            var middle = Since.AddHours(cut);
            var whole = SavingsSum.Of([.. spans], Since, Until, SavingsGroup.Owner, Prices);
            var (first, second) = (SavingsSum.Of([.. spans], Since, middle, SavingsGroup.Owner, Prices), SavingsSum.Of([.. spans], middle, Until, SavingsGroup.Owner, Prices));
            Assert.Equal(whole.Total.Hours, whole.Rows.Sum(row => row.Hours), 6);
            Assert.Equal(whole.Total.Stops, whole.Rows.Sum(row => row.Stops));
            Assert.Equal(whole.Total.Hours, first.Total.Hours + second.Total.Hours, 6);
            Assert.Equal(whole.Total.Stops, first.Total.Stops + second.Total.Stops);
            Assert.Equal((double)whole.Total.Usd, whole.Total.Hours * 0.107, 6);
        }));

    private static SavingsSum Sum(SavingsGroup by, params IdleSpan[] spans) => SavingsSum.Of(spans, Since, Until, by, Prices);

    private static IdleSpan Span(string id, double from, double? to) => new(
        1, id, "alice", "m5.large", "eu-west-1", "default", Since.AddHours(from), to is { } end ? Since.AddHours(end) : null, Until.AddDays(9), StartedByPerson: true);
}
