namespace Watchdog.Diagnostics;

/// <summary>
/// The two clocks (DESIGN law 8). <paramref name="Fleet"/> drives windows, cadences and deadlines and may be scaled or faked;
/// <paramref name="Wall"/> drives HTTP time-outs, rate budgets against the real AWS, leases and Quartz, and never is.
/// </summary>
/// <param name="Fleet">Fleet time.</param>
/// <param name="Wall">Wall time.</param>
public sealed record Clocks(TimeProvider Fleet, TimeProvider Wall)
{
    /// <summary>Both clocks are the machine's: what production runs on.</summary>
    public static Clocks Real { get; } = new(TimeProvider.System, TimeProvider.System);
}
