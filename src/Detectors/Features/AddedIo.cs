namespace Watchdog.Detectors.Features;

/// <summary>Work that came with a plateau, measured per added core-second.</summary>
public static class AddedIo
{
    /// <summary>Core-seconds a period that a rise of CPU adds: (level - usual) / 100 x vCPUs x period, at least 0.</summary>
    public static double CoreSeconds(double level, double usual, int vcpus, int periodSeconds)
        => Math.Max(0, level - usual) / 100 * vcpus * periodSeconds;

    /// <summary>Median of the points in the plateau less the median of those before it, in the metric's unit a period; NaN where either side knows fewer than <paramref name="least"/> points.</summary>
    /// <param name="metric">Points before and in the plateau, on one grid.</param>
    /// <param name="onset">Index of the plateau's first point.</param>
    /// <param name="high">Per point, whether it belongs to the plateau; points of the plateau's span that do not are passed over. As long as <paramref name="metric"/>.</param>
    /// <param name="least">Known points that each side needs.</param>
    public static float Added(ReadOnlySpan<float> metric, int onset, ReadOnlySpan<bool> high, int least)
    {
        if (metric.IsEmpty || onset >= metric.Length)
        {
            return float.NaN;
        }

        var before = metric[..onset];
        return Stat.Known(before) < least ? float.NaN : Level(metric, onset, high, least) - Stat.Median(before);
    }

    /// <summary>Median of the points in the plateau; NaN where it knows fewer than <paramref name="least"/>.</summary>
    public static float Level(ReadOnlySpan<float> metric, int onset, ReadOnlySpan<bool> high, int least)
    {
        if (metric.IsEmpty || onset >= metric.Length)
        {
            return float.NaN;
        }

        Span<float> inside = stackalloc float[Math.Min(metric.Length - onset, 1024)];
        var count = 0;
        for (var i = metric.Length - inside.Length; i < metric.Length; i++)
        {
            if (high[i] && !float.IsNaN(metric[i]))
            {
                inside[count++] = metric[i];
            }
        }

        return count < least ? float.NaN : Stat.Median(inside[..count]);
    }
}
