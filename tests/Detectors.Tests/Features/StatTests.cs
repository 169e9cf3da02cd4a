using Watchdog.Detectors.Features;

namespace Watchdog.Detectors.Tests.Features;

public class StatTests
{
    private const float Absent = float.NaN;

    [Fact]
    public void Absent_points_are_passed_over()
    {
        float[] values = [Absent, 4, 1, Absent, 3, 2];
        Assert.Equal(4, Stat.Known(values));
        Assert.Equal(2.5f, Stat.Median(values));
        Assert.Equal(2.5f, Stat.Mean(values));
        Assert.Equal(4, Stat.Quantile(values, 1));
        Assert.Equal(1, Stat.Quantile(values, 0));
    }

    [Fact]
    public void Nothing_known_gives_nothing()
    {
        float[] values = [Absent, Absent];
        Assert.True(float.IsNaN(Stat.Median(values)));
        Assert.True(float.IsNaN(Stat.Mean([])));
        Assert.True(float.IsNaN(Stat.MedianAbsoluteDeviation(values)));
        Assert.True(float.IsNaN(Stat.Spread([])));
        Assert.True(float.IsNaN(Stat.LastMedian(values, 3, 6)));
    }

    [Fact]
    public void The_median_deviation_forgets_outliers()
        => Assert.Equal(1, Stat.MedianAbsoluteDeviation([10, 11, 12, 9, 8, 500, 10]));

    [Fact]
    public void The_newest_known_points_are_found_behind_gaps()
    {
        Assert.Equal(5, Stat.LastMedian([9, 4, 5, Absent, 6, Absent], 3, 6));
        Assert.True(float.IsNaN(Stat.LastMedian([9, Absent, Absent], 3, 2)));
    }

    [Fact]
    public void Of_very_long_spans_the_newest_count()
        => Assert.Equal(7, Stat.Median([.. Given.Flat(5000, 1), .. Given.Flat(1024, 7)]));
}
