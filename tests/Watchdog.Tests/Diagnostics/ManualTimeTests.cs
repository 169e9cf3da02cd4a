using Watchdog.Testing;

namespace Watchdog.Tests.Diagnostics;

public sealed class ManualTimeTests
{
    private readonly ManualTime clock = new();

    [Fact]
    public void It_stands_still_until_it_is_moved()
    {
        var start = clock.GetUtcNow();
        var stamp = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(start.AddSeconds(90), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(90), clock.GetElapsedTime(stamp));
        Assert.NotEqual(TimeSpan.TicksPerSecond, clock.TimestampFrequency);
    }

    [Fact]
    public void Timers_fire_in_due_order_each_at_its_own_instant()
    {
        var fired = new List<(string, DateTimeOffset)>();
        var start = clock.GetUtcNow();
        using var late = Timer("late", 20, 0);
        using var early = Timer("early", 5, 0);
        using var often = Timer("often", 8, 8);

        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(
            [("early", start.AddSeconds(5)), ("often", start.AddSeconds(8)), ("often", start.AddSeconds(16)), ("late", start.AddSeconds(20))], fired);

        ITimer Timer(string name, int due, int period) => clock.CreateTimer(
            _ => fired.Add((name, clock.GetUtcNow())), null, TimeSpan.FromSeconds(due), TimeSpan.FromSeconds(period));
    }

    [Fact]
    public void A_timer_armed_by_a_timer_fires_in_the_same_advance()
    {
        var fired = 0;
        using var second = clock.CreateTimer(_ => fired++, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var first = clock.CreateTimer(_ => second.Change(TimeSpan.FromSeconds(1), TimeSpan.Zero), null, TimeSpan.FromSeconds(1), TimeSpan.Zero);

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, fired);
        Assert.Equal(0, clock.ArmedTimers);
    }

    [Fact]
    public async Task Delays_periods_and_timeouts_of_the_framework_run_on_it()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(10), clock);
        using var period = new PeriodicTimer(TimeSpan.FromSeconds(3), clock);
        var tick = period.WaitForNextTickAsync().AsTask();
        using var cancelled = new CancellationTokenSource(TimeSpan.FromSeconds(4), clock);

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await tick);
        Assert.True(cancelled.IsCancellationRequested);
        Assert.False(delay.IsCompleted);
        clock.AdvanceTo(clock.GetUtcNow().AddSeconds(5));
        await delay;
    }

    [Fact]
    public void A_disposed_timer_stays_silent_and_time_does_not_run_backwards()
    {
        var fired = 0;
        clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.Zero).Dispose();

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(0, fired);
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromTicks(-1)));
    }
}
