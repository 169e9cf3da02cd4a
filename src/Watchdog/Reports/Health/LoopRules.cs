namespace Watchdog.Reports.Health;

/// <summary>How a loop fares.</summary>
public enum LoopState
{
    /// <summary>Its last success is at most twice its interval old.</summary>
    Healthy,
    /// <summary>Older, or it begins and has never succeeded.</summary>
    Degraded,
    /// <summary>Over four times its interval old.</summary>
    Unhealthy,
}

/// <summary>A loop as the leases tell of it.</summary>
/// <param name="Name">The lease's: <c>shard:7</c>, <c>inventory:1</c>, <c>actuator:1</c>, <c>audit</c>.</param>
/// <param name="Owner">The worker that ran it last.</param>
/// <param name="TakenAt">When its last run began, wall time.</param>
/// <param name="DoneAt">When it last did what it is for; null: never.</param>
public sealed record LoopFacts(string Name, string Owner, DateTimeOffset TakenAt, DateTimeOffset? DoneAt);

/// <summary>Judges loops by the age of their last success against twice their interval.</summary>
public static class LoopRules
{
    // The actuator fires each two seconds, but a run takes as long as its acts' calls do.
    private static readonly Dictionary<string, TimeSpan> Intervals = new()
    {
        ["inventory"] = TimeSpan.FromMinutes(1), ["shard"] = TimeSpan.FromMinutes(1), ["audit"] = TimeSpan.FromMinutes(1), ["actuator"] = TimeSpan.FromSeconds(30),
    };

    private static readonly TimeSpan Otherwise = TimeSpan.FromMinutes(5);

    /// <summary>The loop's kind: its name's part before the colon.</summary>
    public static string KindOf(string name) => name.Split(':', 2)[0];

    /// <summary>The interval that a kind is judged by.</summary>
    public static TimeSpan IntervalOf(string kind) => Intervals.GetValueOrDefault(kind, Otherwise);

    /// <summary>How the loop fares, and why.</summary>
    public static (LoopState State, string Reason) Judge(LoopFacts loop, DateTimeOffset now)
    {
        var interval = IntervalOf(KindOf(loop.Name));
        if (loop.DoneAt is not { } done)
        {
            return now - loop.TakenAt <= 2 * interval
                ? (LoopState.Degraded, "it has begun and not succeeded yet")
                : (LoopState.Unhealthy, "it has never succeeded, and does not begin any more");
        }

        var age = now - done;
        var told = $"succeeded {Math.Max(0, age.TotalSeconds):0} s ago, of {interval.TotalSeconds:0} s between two runs";
        return age <= 2 * interval ? (LoopState.Healthy, told) : age <= 4 * interval ? (LoopState.Degraded, told) : (LoopState.Unhealthy, told);
    }

    /// <summary>The worst of many; healthy where there are none.</summary>
    public static LoopState Worst(IEnumerable<LoopState> states) => states.DefaultIfEmpty(LoopState.Healthy).Max();
}
