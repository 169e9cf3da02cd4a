namespace Watchdog.Sweeps;

/// <summary>When the actuator runs again in scaled time, where nothing fires it.</summary>
public static class ActAgain
{
    // As often as the scheduler fires it.
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(2);
    // What was due and did not move waits for something else than time: asking for it at each firing would cost much and change nothing.
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(10);

    /// <summary>After a run; null where nothing falls due.</summary>
    /// <param name="now">When it ran, fleet time.</param>
    /// <param name="due">When the next act falls due.</param>
    public static DateTimeOffset? After(DateTimeOffset now, DateTimeOffset? due) =>
        due is not { } at ? null : at <= now ? now + Stuck : at < now + Soonest ? now + Soonest : at;
}
