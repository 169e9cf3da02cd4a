using System.Runtime.ExceptionServices;
using Watchdog.Storage;

namespace Watchdog.Enforcement.Governing;

/// <summary>Work on several items at once, taken up in their order.</summary>
internal static class Lanes
{
    /// <summary>
    /// Runs the work over the items, at most so many at once. Once it said false or threw, no further item is taken up; what is under way
    /// is never cut off by another's failure, and is waited for.
    /// </summary>
    /// <exception cref="FencedException">Goes before any other failure.</exception>
    public static async Task RunAsync<T>(IReadOnlyList<T> items, int atOnce, Func<T, Task<bool>> work)
    {
        var next = -1;
        var stopped = false;

        async Task LaneAsync()
        {
            while (!Volatile.Read(ref stopped) && Interlocked.Increment(ref next) is var taken && taken < items.Count)
            {
                var goesOn = false;
                try
                {
                    goesOn = await work(items[taken]);
                }
                finally
                {
                    if (!goesOn)
                    {
                        Volatile.Write(ref stopped, true);
                    }
                }
            }
        }

        var all = Task.WhenAll(Enumerable.Range(0, Math.Min(atOnce, items.Count)).Select(_ => LaneAsync()));
        try
        {
            await all;
        }
        catch when (all.Exception?.InnerExceptions.OfType<FencedException>().FirstOrDefault() is { } fenced)
        {
            ExceptionDispatchInfo.Throw(fenced);
        }
    }
}
