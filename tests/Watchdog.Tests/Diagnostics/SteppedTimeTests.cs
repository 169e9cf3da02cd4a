using Watchdog.Diagnostics;

namespace Watchdog.Tests.Diagnostics;

public class SteppedTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Timers_fire_in_due_order_each_at_its_own_instant()
    {
        var clock = new SteppedTime(Start);
        List<(string, TimeSpan)> fired = [];
        using var late = clock.CreateTimer(_ => fired.Add(("late", clock.GetUtcNow() - Start)), null, TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);
        using var early = clock.CreateTimer(_ => fired.Add(("early", clock.GetUtcNow() - Start)), null, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20));

        clock.StepTo(Start.AddMinutes(1));

        Assert.Equal([("early", TimeSpan.FromSeconds(20)), ("late", TimeSpan.FromSeconds(30)), ("early", TimeSpan.FromSeconds(40)), ("early", TimeSpan.FromSeconds(60))], fired);
        Assert.Equal(Start.AddMinutes(1), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_delay_on_it_ends_when_it_was_stepped_far_enough()
    {
        var clock = new SteppedTime(Start);
        var delay = Task.Delay(TimeSpan.FromMinutes(5), clock);
        clock.StepTo(Start.AddMinutes(4));
        Assert.False(delay.IsCompleted);

        clock.StepTo(Start.AddMinutes(5));
        await delay.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromMinutes(5), clock.GetElapsedTime(Start.UtcTicks));
    }

    [Fact]
    public void It_never_steps_back_and_forgets_disposed_timers()
    {
        var clock = new SteppedTime(Start);
        var fired = 0;
        clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose();
        clock.StepTo(Start.AddHours(1));

        Assert.Equal(0, fired);
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.StepTo(Start));
    }
}
