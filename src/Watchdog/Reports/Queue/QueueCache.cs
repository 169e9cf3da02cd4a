using Watchdog.Diagnostics;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Queue;

/// <summary>
/// The queue's pages for two seconds, or until the log grows: when something changes, every open browser asks for its page, and most for the same one. Each is
/// read once for all who ask meanwhile.
/// </summary>
public sealed class QueueCache(QueueReads reads, StandingReads standing, Clocks clocks)
{
    private const int Most = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private readonly Dictionary<QueueFilter, Kept> kept = [];

    /// <summary>One page of it, at most two seconds old.</summary>
    public Task<QueueModel> ReadAsync(QueueFilter filter, CancellationToken ct)
    {
        // As of before the reading, so that what happens during it is read anew.
        var head = standing.Latest?.Event;
        lock (gate)
        {
            if (kept.TryGetValue(filter, out var found) && found.Event == head && clocks.Wall.GetElapsedTime(found.At) < Longest && !found.Model.IsFaulted)
            {
                return found.Model.WaitAsync(ct);
            }

            if (kept.Count >= Most)
            {
                kept.Clear();
            }

            // Not with the asker's token, since others wait for the same answer; and not on its thread, which holds the lock.
            var asked = new Kept(head, clocks.Wall.GetTimestamp(), Task.Run(() => reads.ReadAsync(filter, CancellationToken.None), CancellationToken.None));
            kept[filter] = asked;
            return asked.Model.WaitAsync(ct);
        }
    }

    private sealed record Kept(long? Event, long At, Task<QueueModel> Model);
}
