using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;

namespace Watchdog.Tests.Slo.Objectives;

public sealed class VerdictTests
{
    [Theory]
    [InlineData(995, 5, 0, SloVerdict.Met)]
    [InlineData(994, 6, 0, SloVerdict.Breached)]
    [InlineData(995, 4, 1, SloVerdict.Met)]
    [InlineData(994, 5, 1, SloVerdict.Undetermined)]
    [InlineData(900, 6, 94, SloVerdict.Breached)]
    [InlineData(0, 0, 100, SloVerdict.Undetermined)]
    [InlineData(0, 0, 0, SloVerdict.Undetermined)]
    public void The_unknown_is_counted_both_ways(long good, long bad, long unknown, SloVerdict verdict) =>
        Assert.Equal(verdict, SloVerdicts.Of(new(good, bad, 7, unknown), 0.995m));

    [Fact]
    public void A_budget_goes_below_nothing()
    {
        // A month of one VM at 99.5 %: 223.2 minutes; 446.4 of them bad overspend it by the whole of it.
        var budget = Budget.Of(new(44_640 - 446, 446, 0, 0), 0.995m);
        Assert.Equal(223.2m, budget.Minutes);
        Assert.Equal(-222.8m, budget.Left);
        Assert.Equal(-0.998, budget.Share!.Value, 3);
        Assert.Null(Budget.Of(new(0, 0, 100, 100), 0.995m).Share);
    }

    [Fact]
    public void The_providers_figure_is_over_all_minutes_of_the_calendar_month()
    {
        var november = Minute.Of(new(2026, 11, 17, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(1 - (216.0 / 43_200), ProviderFigure.Of(216, 1, november));
        Assert.Equal(1 - (216.0 / 86_400), ProviderFigure.Of(216, 2, november));
        Assert.Null(ProviderFigure.Of(0, 0, november));
        Assert.Equal([Cause.Provider, Cause.Maintenance], Causes.All.Where(ProviderFigure.Answers));
    }
}
