namespace Watchdog.Storage.Nodes;

/// <summary>Jobs of this worker that run just now.</summary>
public sealed class JobCount
{
    private int _now;

    /// <summary>How many.</summary>
    public int Now => Volatile.Read(ref _now);

    /// <summary>One more, until it is disposed of.</summary>
    public IDisposable Enter()
    {
        Interlocked.Increment(ref _now);
        return new Leaving(this);
    }

    private sealed class Leaving(JobCount count) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref count._now);
    }
}
