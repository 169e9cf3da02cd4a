using Watchdog.Detection;

namespace Watchdog.Tests.Detection;

public sealed class LevelsTests
{
    [Fact]
    public void A_shards_modal_level_is_that_of_most_of_its_vms_by_their_newest_point()
    {
        var levels = new Levels();
        levels.Add(3, [50, 100, float.NaN]);
        levels.Add(3, [0.1f, 100]);
        levels.Add(3, [100, 0.254f]);
        levels.Add(3, [float.NaN, float.NaN]);
        levels.Add(4, [0]);

        Assert.Equal((3, 100f, 2), levels.Of(3));
        Assert.Equal((1, 0f, 1), levels.Of(4));
        Assert.Equal((0, null, 0), levels.Of(5));
    }
}
