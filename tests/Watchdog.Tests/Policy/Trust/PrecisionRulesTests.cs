using Watchdog.Policy.Trust;

namespace Watchdog.Tests.Policy.Trust;

public sealed class PrecisionRulesTests
{
    [Theory]
    [InlineData(7, 0, 2, false)]
    [InlineData(7, 0, 3, true)]
    [InlineData(7, 3, 0, true)]
    [InlineData(8, 1, 1, false)]
    public void A_detector_is_demoted_when_enough_rulings_put_it_under_its_floor(int right, int benign, int wrong, bool demoted) =>
        Assert.Equal(demoted, PrecisionRules.Decide(new("miner", right, benign, wrong, 50, 50), false, new()).Demoted);

    [Fact]
    public void It_comes_back_by_rulings_and_not_because_they_have_grown_old()
    {
        Assert.True(PrecisionRules.Decide(new("miner", 3, 0, 0, 0, 0), true, new()).Demoted);
        Assert.False(PrecisionRules.Decide(new("miner", 8, 0, 2, 0, 0), true, new()).Demoted);
        Assert.False(PrecisionRules.Decide(new("miner", 0, 0, 20, 0, 0), true, new() { Floor = 0 }).Demoted);
        Assert.Equal("7 of 10 ruled miner cases were right: 0.70 (0.40 to 0.89), under the floor of 0.8", PrecisionRules.Decide(new("miner", 7, 0, 3, 0, 0), false, new()).Reason);
    }
}
