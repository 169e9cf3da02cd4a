using Watchdog.Cli.Slo;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Reading;

namespace Watchdog.Tests.Cli.Slo;

public sealed class SloFormatTests
{
    [Theory]
    [InlineData(0.99949999, "99.949 %")]
    [InlineData(0.9995, "99.950 %")]
    [InlineData(0.999999999, "99.999 %")]
    [InlineData(1.0, "100.000 %")]
    [InlineData(0.0, "0.000 %")]
    [InlineData(null, "-")]
    public void A_share_is_rounded_down_so_that_nothing_looks_kept_that_was_not(double? share, string shown) => Assert.Equal(shown, SloFormat.Percent(share));

    [Theory]
    [InlineData(1.0, " 100 %")]
    [InlineData(-0.998, "-100 %")]
    [InlineData(-10.0, "-1000 %")]
    [InlineData(-199.0, "199 x over")]
    public void What_is_left_of_a_budget_keeps_its_sign(double share, string shown) => Assert.Equal(shown, SloFormat.Share(share));

    [Fact]
    public void A_bar_is_never_empty_while_anything_is_left_and_empty_when_overspent()
    {
        Assert.Contains("█░░░░░░░░░", Plain(SloFormat.Left(new Budget(100, 1))), StringComparison.Ordinal);
        Assert.Contains("░░░░░░░░░░  -50 %", Plain(SloFormat.Left(new Budget(100, -50))), StringComparison.Ordinal);
        Assert.Equal("-", SloFormat.Left(default));
    }

    [Fact]
    public void A_chart_tells_a_step_without_minutes_from_one_without_bad_ones()
    {
        var lines = ClassChart.Markup([Day(0, new(90, 10, 0, 0)), Day(1, new(100, 0, 0, 0)), Day(3, new(95, 5, 0, 0))], Minute.Day).Select(Plain).ToList();
        Assert.StartsWith("bad      █ ·▄  highest 10.0 % (10 min) 01-01", lines[1], StringComparison.Ordinal);
        Assert.Equal("unknown    ·   none", lines[2]);
    }

    private static SeriesPoint Day(int day, Tally tally) => new(day * Minute.Day, new(new Dictionary<Cause, long>(), tally, default));

    private static string Plain(string markup) => Spectre.Console.Markup.Remove(markup);
}
