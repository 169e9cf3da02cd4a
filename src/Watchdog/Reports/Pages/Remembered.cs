namespace Watchdog.Reports.Pages;

/// <summary>Figures that take too long to count for each reader: counted at most once a while, and once for all who ask meanwhile.</summary>
/// <param name="kept">For how long a figure is told before it is counted anew.</param>
/// <param name="wall">Wall time.</param>
internal sealed class Remembered<TKey, T>(TimeSpan kept, TimeProvider wall) where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, (long Began, Task<T> Count)> known = [];

    /// <summary>The figure; whoever gives up waiting leaves the count to the others.</summary>
    public Task<T> GetAsync(TKey key, Func<Task<T>> count, CancellationToken ct)
    {
        lock (gate)
        {
            if (!known.TryGetValue(key, out var one) || one.Count.IsCompleted && (!one.Count.IsCompletedSuccessfully || wall.GetElapsedTime(one.Began) >= kept))
            {
                known[key] = one = (wall.GetTimestamp(), count());
            }

            return one.Count.WaitAsync(ct);
        }
    }
}
