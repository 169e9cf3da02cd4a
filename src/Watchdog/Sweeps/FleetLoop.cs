using Watchdog.Diagnostics;

namespace Watchdog.Sweeps;

/// <summary>
/// Runs the worker's jobs over scaled time (Quartz waits in real time and cannot): each minute the inventory, then the sweep, then the
/// actuator, and the actuator again when the next act falls due. The clock steps to the next instant only when the work of
/// this one is done, and not before its wall time has come: the speed paces, and never outruns.
/// </summary>
/// <param name="clock">Fleet time; nobody else steps it.</param>
/// <param name="wall">Wall time, which paces.</param>
/// <param name="speed">Fleet seconds a wall second, above 0.</param>
/// <param name="jobs">What is run at an instant.</param>
/// <param name="looks">How often the actuator looks for what people ask for while nothing is due; null: with each sweep.</param>
public sealed class FleetLoop(SteppedTime clock, TimeProvider wall, double speed, FleetJobs jobs, TimeSpan? looks = null)
{
    private static readonly TimeSpan SweepStep = TimeSpan.FromMinutes(1);

    /// <summary>Runs from the clock's present instant until <paramref name="until"/> of fleet time (exclusive), or until cancelled.</summary>
    public async Task RunAsync(DateTimeOffset until, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        var start = clock.GetUtcNow();
        var wallStart = wall.GetTimestamp();
        var sweepAt = start;
        while (clock.GetUtcNow() is var now && now < until)
        {
            ct.ThrowIfCancellationRequested();
            if (now >= sweepAt)
            {
                await jobs.InventoryAsync(ct);
                await jobs.SweepAsync(ct);
                sweepAt = now + SweepStep;
            }

            var again = ActAgain.After(now, await jobs.ActAsync(ct));
            var next = (looks is { } step ? now + step : again) is { } at && at < sweepAt ? at : sweepAt;
            next = next < until ? next : until;
            await PaceAsync(wallStart, (next - start) / speed, ct);
            clock.StepTo(next);
        }
    }

    private async Task PaceAsync(long wallStart, TimeSpan due, CancellationToken ct)
    {
        var early = due - wall.GetElapsedTime(wallStart);
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early, wall, ct);
        }
    }
}

/// <summary>The jobs of one instant; each carries its own failures, so that one bad minute does not end the loop.</summary>
/// <param name="InventoryAsync">Lists VMs and status checks of every scope.</param>
/// <param name="SweepAsync">Sweeps all shards at their cadence.</param>
/// <param name="ActAsync">Carries out acts that are due; the instant when the next falls due, null where none does within the minute.</param>
public sealed record FleetJobs(
    Func<CancellationToken, Task> InventoryAsync, Func<CancellationToken, Task> SweepAsync, Func<CancellationToken, Task<DateTimeOffset?>> ActAsync);
