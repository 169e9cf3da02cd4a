using Watchdog.Diagnostics;
using Watchdog.FleetSim;

namespace Watchdog.Bench.Storm;

/// <summary>
/// The fleet's clock: it stands while calls are made, and goes to the next due instant as soon as everybody who works waits for tokens, the worker's
/// or the Region's.
/// </summary>
internal sealed class StormClock(SteppedTime clock, SimulatedRegion region) : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _gate = new();
    private Task? _pump;

    public DateTimeOffset Now => clock.GetUtcNow();

    public void Begin() => _pump = PumpAsync();

    /// <summary>Steps to an instant, or stays where that has passed.</summary>
    public void StepTo(DateTimeOffset instant)
    {
        lock (_gate)
        {
            clock.StepTo(instant > Now ? instant : Now);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await (_pump ?? Task.CompletedTask);
        _over.Dispose();
    }

    private async Task PumpAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            var (due, calls) = (clock.NextTimer, Calls);
            await Task.Delay(Moment, TimeProvider.System, CancellationToken.None);
            // Whoever is at a call may wait for tokens next: then an earlier instant than this one may be the next.
            if (due is { } instant && calls == Calls && clock.NextTimer == due)
            {
                StepTo(instant);
            }
        }
    }

    private long Calls => region.CallCounts.Values.Sum();
}
