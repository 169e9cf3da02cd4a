namespace Watchdog.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire inside <see cref="Advance"/>, in due order, each with the clock at its
/// due instant; what awaits them goes on on the pool, so await the task rather than assert right after.
/// </summary>
/// <param name="start">The first instant; by default 2026-01-05T00:00:00Z, a Monday.</param>
public sealed class ManualTime(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly DateTimeOffset epoch = start ?? new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private readonly List<ManualTimer> timers = [];
    private TimeSpan elapsed;
    private long order;

    /// <summary>Odd on purpose: code that takes a timestamp for ticks of 100 ns fails its test.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond * 7;

    /// <summary>How many timers are armed: lets a test wait until somebody sleeps on this clock.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (gate)
            {
                return timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return epoch + elapsed;
        }
    }

    public override long GetTimestamp()
    {
        lock (gate)
        {
            return elapsed.Ticks * 7;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward and fires what falls due on the way, also what those timers arm.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan until;
        lock (gate)
        {
            until = elapsed + by;
        }

        while (TakeDue(until) is { } due)
        {
            due.Fire();
        }
    }

    /// <summary>Moves the clock to an instant that is not in its past.</summary>
    public void AdvanceTo(DateTimeOffset instant) => Advance(instant - GetUtcNow());

    private ManualTimer? TakeDue(TimeSpan until)
    {
        lock (gate)
        {
            var next = timers.Where(t => t.Due <= until).OrderBy(t => t.Due).ThenBy(t => t.Order).FirstOrDefault();
            if (next is null)
            {
                elapsed = until;
                return null;
            }

            elapsed = next.Due > elapsed ? next.Due : elapsed;
            if (next.Period > TimeSpan.Zero)
            {
                next.Due += next.Period;
                next.Order = ++order;
            }
            else
            {
                timers.Remove(next);
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualTime clock, TimerCallback callback, object? state) : ITimer
    {
        private bool disposed;

        public TimeSpan Due { get; set; }
        public TimeSpan Period { get; private set; }
        public long Order { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                if (disposed)
                {
                    return false;
                }

                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock.elapsed + dueTime;
                    Period = period;
                    Order = ++clock.order;
                    clock.timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                disposed = true;
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
