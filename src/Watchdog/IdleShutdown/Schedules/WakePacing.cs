namespace Watchdog.IdleShutdown.Schedules;

/// <summary>What EC2 lets us start of a scope's VMs: a bucket of so many, and so many a second after it (1,000 and 2, of which the configured share is ours).</summary>
public sealed record WakeRate(double Burst, double PerSecond)
{
    /// <summary>EC2's own, halved as <c>Aws:RateShare</c> has it by default.</summary>
    public static readonly WakeRate Default = new(500, 1);

    /// <summary>A part of it.</summary>
    public WakeRate Times(double share) => new(Burst * share, PerSecond * share);
}

/// <summary>A VM that is to run at an instant.</summary>
public readonly record struct Sleeper(string InstanceId, DateTimeOffset RunsAt);

/// <summary>Which sleepers are started now so that all run in time: EC2 starts two a second, so that 10,000 take 75 minutes; pure.</summary>
public static class WakePacing
{
    /// <summary>EC2's pending, and a run of the actuator.</summary>
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The sleepers to start now, the earliest first: whose time has come, and as many more as the bucket could not start in what is left until theirs.
    /// </summary>
    /// <param name="next">Until the next time that this is asked.</param>
    public static IReadOnlyList<Sleeper> Now(IReadOnlyCollection<Sleeper> sleepers, DateTimeOffset now, TimeSpan next, WakeRate rate)
    {
        List<Sleeper> order = [.. sleepers.OrderBy(one => one.RunsAt).ThenBy(one => one.InstanceId, StringComparer.Ordinal)];
        var begin = 0;
        for (var i = 0; i < order.Count; i++)
        {
            var left = (order[i].RunsAt - Start - next - now).TotalSeconds;
            var later = left < 0 ? 0 : Math.Floor(rate.Burst + (rate.PerSecond * left));
            begin = Math.Max(begin, (int)Math.Min(i + 1, Math.Max(0, i + 1 - later)));
        }

        return order[..begin];
    }

    /// <summary>Why so many VMs that stop together could not be started again in time; null: they can.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="scope">The scope's key.</param>
    /// <param name="vms">VMs that would sleep until then.</param>
    public static string? Refusal(string name, string scope, int vms, DateTimeOffset stop, DateTimeOffset start, WakeRate rate)
    {
        var seconds = Math.Max(0, (start - stop).TotalSeconds);
        var most = rate.Burst + (rate.PerSecond * seconds);
        return vms <= most ? null : FormattableString.Invariant(
            $"Schedule {name} would stop {vms:n0} VMs of {scope} at {stop.UtcDateTime:yyyy-MM-dd HH:mm}Z and start them by {start.UtcDateTime:yyyy-MM-dd HH:mm}Z. EC2 starts {rate.Burst:0.#} of them at once and {rate.PerSecond:0.##} a second, {most:n0} in those {seconds:n0} s: none is stopped. Split the schedule, or stop earlier.");
    }
}
