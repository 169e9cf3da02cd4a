using System.Collections.Concurrent;
using Watchdog.Diagnostics;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Queue;

/// <summary>
/// The queue's pages for two seconds, or until the log grows: when something changes, every open browser asks for its page at once, and most for the same one.
/// </summary>
public sealed class QueueCache(QueueReads reads, StandingReads standing, Clocks clocks)
{
    private const int Most = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<QueueFilter, Kept> kept = [];

    /// <summary>One page of it, at most two seconds old.</summary>
    public async Task<QueueModel> ReadAsync(QueueFilter filter, CancellationToken ct)
    {
        var head = standing.Latest?.Event;
        if (kept.TryGetValue(filter, out var found) && found.Event == head && clocks.Wall.GetElapsedTime(found.At) < Longest && !found.Model.IsFaulted && !found.Model.IsCanceled)
        {
            return await found.Model.WaitAsync(ct);
        }

        if (kept.Count >= Most)
        {
            kept.Clear();
        }

        // Not with the asker's token: others wait for the same answer.
        var asked = new Kept(head, clocks.Wall.GetTimestamp(), reads.ReadAsync(filter, CancellationToken.None));
        kept[filter] = asked;
        return await asked.Model.WaitAsync(ct);
    }

    private sealed record Kept(long? Event, long At, Task<QueueModel> Model);
}
