namespace Watchdog.Enforcement.Governing;

/// <summary>How long a set of acts takes until all of them are in force, as bounds that hold where the buckets are full at first and calls take their usual time.</summary>
/// <param name="Least">Not sooner: the slowest bucket alone.</param>
/// <param name="Most">Not later: every bucket's waits one after the other, the calls, and what a single act waits for by itself.</param>
/// <param name="Bottleneck">The bucket that holds them back for longest; null where none does.</param>
public sealed record Estimate(TimeSpan Least, TimeSpan Most, string? Bottleneck)
{
    /// <summary>What a call to AWS usually takes.</summary>
    public static readonly TimeSpan UsualLatency = TimeSpan.FromMilliseconds(200);

    // Between two runs of the actuator while acts are due.
    private const int RunSeconds = 10;

    /// <summary>
    /// Estimates; pure. Why <c>Most</c> holds: as long as acts are left, either a lane waits for a bucket in debt, which each can be for as long as its
    /// refill repays what exceeds its size; or all lanes are at their calls; or the queue is empty and the last acts end.
    /// </summary>
    /// <param name="parallel">VMs acted on at once, 1 or more.</param>
    /// <param name="latency">Of one call.</param>
    /// <param name="alone">What an act waits for by itself, whatever the buckets say.</param>
    public static Estimate Of(IReadOnlyList<ActNeed> acts, ICallRates rates, int parallel, TimeSpan latency, TimeSpan alone)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        if (acts.Count == 0)
        {
            return new(TimeSpan.Zero, TimeSpan.Zero, null);
        }

        List<(string Bucket, double Seconds)> waits =
        [
            .. acts.SelectMany(act => act.Tokens).GroupBy(need => need.Key).Select(need =>
            {
                var rate = rates.Of(need.Key);
                return (need.Key, Math.Max(0, need.Sum(n => n.Value) - rate.Size) / rate.PerSecond);
            }),
        ];
        var slowest = waits.DefaultIfEmpty().MaxBy(wait => wait.Seconds);
        var working = latency.TotalSeconds * acts.Sum(act => (double)act.Calls) / parallel;
        var last = latency.TotalSeconds * acts.Max(act => act.Calls);
        return new(
            TimeSpan.FromSeconds(Math.Max(slowest.Seconds, working)),
            TimeSpan.FromSeconds(waits.Sum(wait => wait.Seconds) + working + last) + alone,
            slowest.Seconds > 0 ? slowest.Bucket : null);
    }

    /// <summary>What an act waits for by itself: its evidence, and two more runs until EC2 shows what was called.</summary>
    public static TimeSpan Alone(EnforcementOptions options) =>
        TimeSpan.FromSeconds(options.EvidenceSeconds + RunSeconds + (2 * (options.LookAgainSeconds + RunSeconds)));
}
