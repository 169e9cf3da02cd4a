using Watchdog.Cli;

namespace Watchdog.Tests.Cli;

public sealed class SparklineTests
{
    [Fact]
    public void Heights_go_from_zero_to_the_top_and_absent_is_not_zero() => Assert.Equal("▁▅█·█", Sparkline.Of([0, 50, 100, float.NaN, 250], 10, 100));

    [Fact]
    public void A_crowded_character_shows_its_highest_point() => Assert.Equal("█▁", Sparkline.Of([0, 9, 0, 0], 2, 9));

    [Fact]
    public void Without_a_top_the_highest_is_it_and_silence_stays_flat()
    {
        Assert.Equal("▂█", Sparkline.Of([1, 8], 4));
        Assert.Equal("▁▁", Sparkline.Of([0, 0], 4));
        Assert.Equal("··", Sparkline.Of([float.NaN, float.NaN], 4));
        Assert.Equal("", Sparkline.Of([], 4));
    }
}
