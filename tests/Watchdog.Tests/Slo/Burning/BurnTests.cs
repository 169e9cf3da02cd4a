using Watchdog.Slo.Burning;
using Watchdog.Slo.Minutes;

namespace Watchdog.Tests.Slo.Burning;

/// <summary>The burn arithmetic as published for a fleet of 150,000: what pages, how soon, and in which groups one reboot would.</summary>
public sealed class BurnTests
{
    private static readonly BurnOptions Options = new();
    private static readonly BurnRung Fast = BurnRung.Standard[0];
    private static readonly BurnRung Slow = BurnRung.Standard[1];

    [Theory]
    [InlineData("0.995", 150_000, 10_800, 4_500)]
    [InlineData("0.999", 150_000, 2_160, 900)]
    [InlineData("0.9995", 150_000, 1_080, 450)]
    [InlineData("0.9999", 150_000, 216, 90)]
    [InlineData("0.995", 12_500, 900, 375)]
    [InlineData("0.999", 12_500, 180, 75)]
    [InlineData("0.9995", 12_500, 90, 38)]
    [InlineData("0.9999", 12_500, 18, 8)]
    public void So_many_vms_down_for_the_whole_window_fire_and_one_less_does_not(string target, int vms, int fast, int slow)
    {
        var promise = decimal.Parse(target, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (rung, needed) in new[] { (Fast, fast), (Slow, slow) })
        {
            Assert.True(Judge(promise, rung, vms, needed).Firing);
            Assert.False(Judge(promise, rung, vms, needed - 1).Firing);
        }
    }

    [Theory]
    [InlineData("0.995", 3)]
    [InlineData("0.999", 12)]
    [InlineData("0.9995", 24)]
    [InlineData("0.9999", 116)]
    public void The_smallest_group_that_is_told_is_the_one_in_which_one_reboot_does_not_page(string target, int smallest)
    {
        var promise = decimal.Parse(target, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (vms, told) in new[] { (smallest, true), (smallest - 1, false) })
        {
            // Ten minutes of one VM, the last five of them in the short window.
            var judged = BurnJudgement.Of(promise, Fast, new((vms * 60) - 10, 10, 0, 0), new((vms * 5) - 5, 5, 0, 0), false, Options);
            Assert.Equal(!told, judged.Frozen);
            Assert.False(judged.Firing);
        }

        var unguarded = BurnJudgement.Of(
            promise, Fast, new(((smallest - 1) * 60) - 10, 10, 0, 0), new(((smallest - 1) * 5) - 5, 5, 0, 0), false, new() { BlipMinutes = 0 });
        Assert.True(unguarded.Firing);
    }

    [Fact]
    public void The_time_to_fire_is_the_factor_times_the_allowance_times_the_window_by_the_share_that_is_down()
    {
        Assert.Equal(8.64, BurnRate.TimeToReach(Fast, 0.9995m, 0.05m)!.Value.TotalMinutes, 6);
        Assert.Equal(60, BurnRate.TimeToReach(Fast, 0.995m, 0.072m)!.Value.TotalMinutes, 6);
        Assert.Null(BurnRate.TimeToReach(Fast, 0.995m, 0.0719m));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.01)]
    [InlineData(0.2)]
    public void Played_minute_by_minute_it_fires_at_that_time(double down)
    {
        const int vms = 100_000;
        var needed = BurnRate.TimeToReach(Fast, 0.9995m, (decimal)down)!.Value.TotalMinutes;
        var fired = Enumerable.Range(1, 60).First(minutes =>
        {
            var bad = (long)(vms * down);
            var wide = new Tally((vms * 60L) - (bad * minutes), bad * minutes, 0, 0);
            var shortBad = bad * Math.Min(5, minutes);
            return BurnJudgement.Of(0.9995m, Fast, wide, new((vms * 5L) - shortBad, shortBad, 0, 0), false, Options).Firing;
        });
        Assert.Equal((int)Math.Ceiling(needed), fired);
    }

    [Fact]
    public void Both_windows_must_burn()
    {
        var (burning, calm) = (new Tally(59_000, 1_000, 0, 0), new Tally(60_000, 0, 0, 0));
        Assert.True(Judged(burning, burning).Firing);
        Assert.False(Judged(burning, calm).Firing);
        Assert.False(Judged(calm, burning).Firing);
    }

    [Fact]
    public void The_reason_has_the_rates_the_windows_and_how_long_the_budget_lasts() => Assert.Equal(
        "burns 33.33 times its budget over 1h (1,000 of 60,000 VM-minutes bad) and 33.33 times over 5m; 14.4 over both fires; at 33.3 a budget of 28 days lasts 20.2 hours",
        Judged(new(59_000, 1_000, 0, 0), new(59_000, 1_000, 0, 0)).Reason);

    [Fact]
    public void Where_nobody_is_in_scope_any_more_nothing_fires()
    {
        var judged = BurnJudgement.Of(0.9995m, Fast, default, default, true, Options);
        Assert.False(judged.Firing);
        Assert.False(judged.Frozen);
    }

    private static BurnJudgement Judged(Tally wide, Tally narrow) => BurnJudgement.Of(0.9995m, Fast, wide, narrow, false, Options);

    private static BurnJudgement Judge(decimal target, BurnRung rung, long vms, long down) => BurnJudgement.Of(
        target, rung, new((vms - down) * rung.LongMinutes, down * rung.LongMinutes, 0, 0), new((vms - down) * rung.ShortMinutes, down * rung.ShortMinutes, 0, 0),
        false, Options);
}
