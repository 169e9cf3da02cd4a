using Watchdog.Diagnostics;
using Watchdog.Sweeps;
using Watchdog.Testing;

namespace Watchdog.Tests.Sweeps;

public class FleetLoopTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_minute_lists_then_sweeps_then_acts_and_acts_under_way_are_looked_at_when_they_fall_due()
    {
        var clock = new SteppedTime(Start);
        List<string> order = [];
        var jobs = new FleetJobs(
            _ => Note("list"), _ => Note("sweep"),
            async _ =>
            {
                await Note("act");
                return (clock.GetUtcNow() - Start).TotalSeconds switch
                {
                    0 => Start.AddSeconds(1),
                    2 => Start.AddSeconds(30),
                    // Due, and it did not move.
                    30 => Start.AddSeconds(30),
                    _ => (DateTimeOffset?)null,
                };
            });

        await new FleetLoop(clock, TimeProvider.System, 1e9, jobs).RunAsync(Start.AddMinutes(2), CancellationToken.None);

        Assert.Equal(["0 list", "0 sweep", "0 act", "2 act", "30 act", "40 act", "60 list", "60 sweep", "60 act"], order);
        Assert.Equal(Start.AddMinutes(2), clock.GetUtcNow());

        Task Note(string what)
        {
            order.Add($"{(clock.GetUtcNow() - Start).TotalSeconds} {what}");
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Wall_time_paces_it_and_it_never_outruns_its_own_work()
    {
        var clock = new SteppedTime(Start);
        var wall = new ManualTime();
        var gate = new TaskCompletionSource();
        var sweeps = 0;
        var jobs = new FleetJobs(_ => Task.CompletedTask, _ => ++sweeps == 2 ? gate.Task : Task.CompletedTask, _ => Task.FromResult<DateTimeOffset?>(null));
        var loop = new FleetLoop(clock, wall, 60, jobs).RunAsync(Start.AddMinutes(3), CancellationToken.None);

        // Sixty times real time: the second minute begins one wall second later, and not before.
        Assert.Equal(Start, clock.GetUtcNow());
        await UntilAsync(() => wall.ArmedTimers == 1);
        wall.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => sweeps == 2);
        wall.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(Start.AddMinutes(1), clock.GetUtcNow());

        gate.SetResult();
        await loop.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(3, sweeps);
    }

    [Fact]
    public async Task Cancelling_ends_it_between_two_instants()
    {
        var clock = new SteppedTime(Start);
        using var stop = new CancellationTokenSource();
        var jobs = new FleetJobs(_ => Task.CompletedTask, _ => stop.CancelAsync(), _ => Task.FromResult<DateTimeOffset?>(null));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new FleetLoop(clock, TimeProvider.System, 1e9, jobs).RunAsync(Start.AddHours(1), stop.Token));
        Assert.InRange(clock.GetUtcNow(), Start, Start.AddMinutes(1));
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Yield();
        }
    }
}
