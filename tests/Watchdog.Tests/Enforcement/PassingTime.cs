namespace Watchdog.Tests.Enforcement;

/// <summary>Wall time for code that waits a moment between two calls: a delay passes at once and moves the clock, a time limit fires when the clock has passed it.</summary>
internal sealed class PassingTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Limit> limits = [];
    private TimeSpan elapsed;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromTicks(GetTimestamp());

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (gate)
        {
            return elapsed.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            return new Limit(() => { }, TimeSpan.MaxValue);
        }

        if (state is not CancellationTokenSource)
        {
            Pass(dueTime);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
            return new Limit(() => { }, TimeSpan.MaxValue);
        }

        lock (gate)
        {
            var limit = new Limit(() => callback(state), elapsed + dueTime);
            limits.Add(limit);
            return limit;
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan by)
    {
        Limit[] due;
        lock (gate)
        {
            elapsed += by;
            due = [.. limits.Where(limit => limit.Due <= elapsed)];
            limits.RemoveAll(limit => limit.Due <= elapsed);
        }

        foreach (var limit in due)
        {
            limit.Fire();
        }
    }

    private sealed class Limit(Action fire, TimeSpan due) : ITimer
    {
        private bool disposed;

        public TimeSpan Due => due;

        public void Fire()
        {
            if (!disposed)
            {
                fire();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !disposed;

        public void Dispose() => disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
