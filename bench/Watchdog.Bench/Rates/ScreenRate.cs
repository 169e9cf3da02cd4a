using System.Diagnostics;
using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Rates;

/// <summary>How fast a screen read, by what the Region granted while it lasted.</summary>
/// <param name="Sweep">The sweep's number.</param>
/// <param name="Seconds">Calls and datapoints of each second since the first grant.</param>
/// <param name="Mean">Datapoints a second from the first grant to the last.</param>
/// <param name="Busiest">Most datapoints within any one second.</param>
/// <param name="Least">The least that a bucket of one second's quota had left: under 0 is over the quota.</param>
internal sealed record ScreenRate(int Sweep, IReadOnlyList<(int Calls, long Points)> Seconds, double Mean, long Busiest, double Least)
{
    /// <summary>CloudWatch's quota for spans of three hours, datapoints a second.</summary>
    public const double Quota = 180_000;

    /// <summary>Of one sweep.</summary>
    public static ScreenRate Of(SweepFigures sweep, RegionCount count)
    {
        var screen = sweep.Stages.First(stage => stage.Stage == "screen");
        var end = screen.Began + (long)(screen.Wall * Stopwatch.Frequency);
        var calls = count.Granted.Where(call => call.Stamp >= screen.Began && call.Stamp <= end).ToList();
        double At(Granted call) => (double)(call.Stamp - calls[0].Stamp) / Stopwatch.Frequency;
        var seconds = calls.GroupBy(call => (int)At(call)).ToDictionary(second => second.Key, second => (second.Count(), second.Sum(call => call.Points)));
        return new(
            sweep.Sweep, [.. Enumerable.Range(0, (int)At(calls[^1]) + 1).Select(second => seconds.GetValueOrDefault(second))],
            calls.Sum(call => call.Points) / Math.Max(At(calls[^1]), 1), calls.Max(first => calls.Where(call => At(call) >= At(first) && At(call) < At(first) + 1).Sum(call => call.Points)),
            LeastLeft(calls, At));
    }

    // A bucket as CloudWatch may keep it: full at first, refilled evenly.
    private static double LeastLeft(List<Granted> calls, Func<Granted, double> at)
    {
        var (tokens, stamp, least) = (Quota, 0.0, Quota);
        foreach (var call in calls)
        {
            tokens = Math.Min(Quota, tokens + ((at(call) - stamp) * Quota)) - call.Points;
            stamp = at(call);
            least = Math.Min(least, tokens);
        }

        return least;
    }
}
