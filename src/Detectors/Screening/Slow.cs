using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;

namespace Watchdog.Detectors.Screening;

/// <summary>The slow path: CPU in bursts too short for a plateau, or so low that the VM's own peaks hide it.</summary>
internal static class Slow
{
    private const int Day = 24;
    private const int LeastOlder = 12;

    /// <summary>
    /// A floor: for two hours CPU never fell to where the hours of the baseline had their means (10th percentile of the points above the 98th percentile
    /// of the hourly means, by the points of novelty).
    /// </summary>
    /// <param name="cpu">The screen's window.</param>
    /// <param name="means">Hourly means, the newest hours left out.</param>
    /// <param name="options">Settings.</param>
    public static ScreenResult? Floor(MetricWindow cpu, ReadOnlySpan<float> means, ScreenOptions options)
    {
        var tail = cpu.Values[^Math.Min(cpu.Values.Length, options.FloorPoints)..];
        if (Stat.Known(tail) * 10 < options.FloorPoints * 9)
        {
            return null;
        }

        var floor = Stat.Quantile(tail, 0.1);
        return floor > Math.Max(options.FloorPercent, Stat.Quantile(means, 0.98) + options.NoveltyPoints)
            ? Result(cpu, floor, floor)
            : null;
    }

    /// <summary>
    /// Bursts, gathered by a one-sided CUSUM: S(h) = max(0, S(h-1) + mean(h) - usual - slack), in percent-hours, over the newest 24 hours of the
    /// baseline; usual is the 90th percentile of the hourly means before them. The window must still show high points, so that a frozen baseline does
    /// not hold an alarm open; high is what the hours before that day seldom reached.
    /// </summary>
    /// <param name="cpu">The screen's window.</param>
    /// <param name="means">Hourly means, the newest hours too.</param>
    /// <param name="p95s">Hourly p95s, the newest hours too.</param>
    /// <param name="options">Settings.</param>
    public static ScreenResult? Bursts(MetricWindow cpu, ReadOnlySpan<float> means, ReadOnlySpan<float> p95s, ScreenOptions options)
    {
        var recent = Math.Min(Day, means.Length - LeastOlder);
        if (recent < 1)
        {
            return null;
        }

        var mean = Stat.Quantile(means[..^recent], 0.9) + options.SlowSlackPercent;
        double sum = 0;
        foreach (var value in means[^recent..])
        {
            sum = Math.Max(0, sum + value - mean);
        }

        if (sum < options.SlowPercentHours)
        {
            return null;
        }

        var usual = Stat.Quantile(p95s[..^recent], options.UsualQuantile);
        var threshold = Math.Max(options.FloorPercent, usual + options.NoveltyPoints);
        var result = Result(cpu, float.NaN, threshold);
        // A steady plateau is the plateau's matter.
        return result.HighPoints < options.SlowWindowPoints || BurstsIn(cpu.Values, threshold) < 2 ? null : result with { Level = LevelOf(cpu.Values, threshold, result.HighPoints), Usual = usual };
    }

    private static ScreenResult Result(MetricWindow cpu, float level, float threshold)
    {
        int high = 0, points = 0, oldest = 0;
        for (var i = cpu.Values.Length - 1; i >= 0; i--)
        {
            points += float.IsNaN(cpu.Values[i]) ? 0 : 1;
            if (cpu.Values[i] >= threshold)
            {
                high++;
                oldest = i;
            }
        }

        return new ScreenResult(ScreenOutcome.SlowNovel, cpu.Start.AddSeconds((double)oldest * cpu.PeriodSeconds), level, float.NaN, points, high, 0);
    }

    private static int BurstsIn(ReadOnlySpan<float> values, float threshold)
    {
        var bursts = 0;
        var low = true;
        foreach (var value in values)
        {
            bursts += low && value >= threshold ? 1 : 0;
            low = float.IsNaN(value) ? low : value < threshold;
        }

        return bursts;
    }

    // The level of the bursts, not of the pauses.
    private static float LevelOf(ReadOnlySpan<float> values, float threshold, int high)
    {
        Span<float> bursts = stackalloc float[high];
        var taken = 0;
        foreach (var value in values)
        {
            if (value >= threshold)
            {
                bursts[taken++] = value;
            }
        }

        return Stat.Median(bursts);
    }
}
