namespace Watchdog.Testing;

/// <summary>Waits for what other threads or processes bring about, in wall time.</summary>
public static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <exception cref="TimeoutException">It was not within a minute.</exception>
    public static async Task TrueAsync(Func<Task<bool>> ask)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await ask())
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"not true within {Patience.TotalSeconds} seconds");
            }

            await Task.Delay(Between, TimeProvider.System);
        }
    }
}
