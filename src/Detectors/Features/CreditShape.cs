using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Features;

/// <summary>CPU credits of burstable types under a plateau.</summary>
public static class CreditShape
{
    /// <summary>Whether the balance, above five credits before the onset, is under one at the end.</summary>
    /// <returns>False when the metric is absent: absent credits say nothing.</returns>
    public static bool Spent(MetricWindow credits, DateTimeOffset onset)
    {
        if (credits.Values.IsEmpty)
        {
            return false;
        }

        var at = (int)Math.Clamp((onset - credits.Start).TotalSeconds / credits.PeriodSeconds, 0, credits.Values.Length);
        return Stat.LastMedian(credits.Values[..at], 3, at) > 5 && Stat.LastMedian(credits.Values, 3, 6) < 1;
    }
}
