using Watchdog.Detectors.Features;

namespace Watchdog.Detectors.Facts;

/// <summary>Carries a baseline forward.</summary>
public static class BaselineRoll
{
    /// <summary>Minutes after an hour's end before it counts as complete: CloudWatch publishes up to five minutes late.</summary>
    public const int SettleMinutes = 15;

    /// <summary>Enters every complete hour of the window that the baseline has not looked at yet. An hour with fewer than half its points is passed over.</summary>
    /// <remarks>A VM seen for the first time is given its past by one window of 72 h: CloudWatch bills the metric, not the points.</remarks>
    /// <param name="means">72 hourly means, changed in place.</param>
    /// <param name="p95s">72 hourly p95s, changed in place.</param>
    /// <param name="endHour">The baseline's <see cref="Baseline.EndHour"/>; 0 for a new one.</param>
    /// <param name="cpu">CPUUtilization, any window; hours not wholly inside it are passed over.</param>
    /// <param name="now">The instant of judgement.</param>
    /// <param name="frozen">True while a suspicion is open on the VM: the hours are looked at and not entered, lest the abuse become the usual.</param>
    /// <returns>The new <see cref="Baseline.EndHour"/>.</returns>
    public static long Roll(Span<float> means, Span<float> p95s, long endHour, MetricWindow cpu, DateTimeOffset now, bool frozen = false)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(means.Length, Baseline.Hours);
        ArgumentOutOfRangeException.ThrowIfNotEqual(p95s.Length, Baseline.Hours);
        var windowStart = cpu.Start.ToUnixTimeSeconds();
        var settled = now.ToUnixTimeSeconds() - (SettleMinutes * 60);
        var last = Math.Min(cpu.End.ToUnixTimeSeconds(), settled) / 3600;
        var hour = Math.Max(endHour, (windowStart + 3599) / 3600);
        var perHour = 3600 / cpu.PeriodSeconds;
        for (; hour < last; hour++)
        {
            var from = (int)(((hour * 3600) - windowStart) / cpu.PeriodSeconds);
            var values = cpu.Values.Slice(from, Math.Min(perHour, cpu.Values.Length - from));
            if (!frozen && perHour > 0 && Stat.Known(values) * 2 >= perHour)
            {
                Append(means, Stat.Mean(values));
                Append(p95s, Stat.Quantile(values, 0.95));
            }
        }

        return Math.Max(endHour, hour);
    }

    private static void Append(Span<float> ring, float value)
    {
        ring[1..].CopyTo(ring);
        ring[^1] = value;
    }
}
