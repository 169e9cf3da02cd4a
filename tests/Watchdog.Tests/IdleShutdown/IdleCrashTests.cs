using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.IdleShutdown;

/// <summary>DESIGN law 7 for acts without a case: killed at any call, before or after its effect, and started again: done once, whole.</summary>
public sealed class IdleCrashTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_every_call_in_turn_a_stop_and_its_undoing_still_end_exactly_as_wanted(bool afterEffect)
    {
        await using var world = await Resters.CreateAsync(("IdleShutdown:Caps:PerOwnerAndHour", "1000"));
        for (var at = 1; at <= await RoundAsync(world, at, afterEffect); at++)
        {
        }
    }

    private static async Task<int> RoundAsync(World world, int at, bool afterEffect)
    {
        var id = $"i-{at}-{afterEffect}";
        await Resters.ListStatusAsync(world);
        await Resters.AddAsync(world, id);
        var before = world.Ec2[id];
        var calls = 0;
        Action<int, string> kill = (_, _) =>
        {
            if (++calls == at)
            {
                throw new KilledException();
            }
        };
        (world.Ec2.Before, world.Ec2.After) = afterEffect ? (null, kill) : (kill, (Action<int, string>?)null);

        await Killed.ReviveAsync(world);
        Assert.Equal("stopped", world.Ec2[id].State);
        Assert.Contains("watchdog:stopped", world.Ec2[id].Tags.Keys);
        await Resters.ReleaseAsync(world, id);
        await Killed.ReviveAsync(world);
        (world.Ec2.Before, world.Ec2.After) = (null, null);

        Assert.Equal("running", world.Ec2[id].State);
        Assert.Equal(before.Tags.OrderBy(tag => tag.Key), world.Ec2[id].Tags.OrderBy(tag => tag.Key));
        Assert.Equal("stop released, release verified", await Resters.ActsAsync(world, id));
        Assert.Equal(1, world.Ec2.Changes.Count(change => change.StartsWith($"stop {id}", StringComparison.Ordinal)));
        return calls;
    }
}
