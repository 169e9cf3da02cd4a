using Watchdog.Reports.Health;

namespace Watchdog.Tests.Reports.Health;

public sealed class LoopRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("shard:7", 120, LoopState.Healthy)]
    [InlineData("shard:7", 121, LoopState.Degraded)]
    [InlineData("inventory:1", 240, LoopState.Degraded)]
    [InlineData("inventory:1", 241, LoopState.Unhealthy)]
    [InlineData("actuator:1", 61, LoopState.Degraded)]
    [InlineData("another:1", 600, LoopState.Healthy)]
    public void A_loop_is_held_to_twice_its_interval(string name, int ago, LoopState state) =>
        Assert.Equal(state, LoopRules.Judge(new(name, "me", Now, Now.AddSeconds(-ago)), Now).State);

    [Fact]
    public void A_loop_that_begins_and_never_succeeds_is_not_healthy()
    {
        Assert.Equal(LoopState.Degraded, LoopRules.Judge(new("shard:7", "me", Now, null), Now).State);
        Assert.Equal(LoopState.Unhealthy, LoopRules.Judge(new("shard:7", "me", Now.AddHours(-1), null), Now).State);
    }

    [Fact]
    public void The_worst_loop_speaks_for_all() =>
        Assert.Equal(LoopState.Unhealthy, LoopRules.Worst([LoopState.Healthy, LoopState.Unhealthy, LoopState.Degraded]));
}
