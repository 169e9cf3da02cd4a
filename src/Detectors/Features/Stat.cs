namespace Watchdog.Detectors.Features;

/// <summary>Robust statistics of spans in which NaN is an absent point. Nothing is allocated; spans of up to 1024 points are sorted on the stack.</summary>
public static class Stat
{
    private const int StackPoints = 1024;

    /// <summary>Points that are known.</summary>
    public static int Known(ReadOnlySpan<float> values)
    {
        var known = 0;
        foreach (var value in values)
        {
            known += float.IsNaN(value) ? 0 : 1;
        }

        return known;
    }

    /// <summary>Arithmetic mean of the known points; NaN when there is none.</summary>
    public static float Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        var known = 0;
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                sum += value;
                known++;
            }
        }

        return known == 0 ? float.NaN : (float)(sum / known);
    }

    /// <summary>Median of the known points; NaN when there is none.</summary>
    public static float Median(ReadOnlySpan<float> values) => Quantile(values, 0.5);

    /// <summary>Quantile of the known points by linear interpolation between closest ranks (h = (n-1)q); NaN when there is none.</summary>
    /// <param name="values">Points; of more than 1024 the last 1024 count.</param>
    /// <param name="q">0 to 1.</param>
    public static float Quantile(ReadOnlySpan<float> values, double q)
    {
        Span<float> scratch = stackalloc float[Math.Min(values.Length, StackPoints)];
        return OfSorted(Sorted(values, scratch), q);
    }

    /// <summary>Median absolute deviation from the median, in the values' unit and not scaled to a normal's sigma; NaN when no point is known.</summary>
    public static float MedianAbsoluteDeviation(ReadOnlySpan<float> values)
    {
        Span<float> scratch = stackalloc float[Math.Min(values.Length, StackPoints)];
        var sorted = Sorted(values, scratch);
        var median = OfSorted(sorted, 0.5);
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = Math.Abs(sorted[i] - median);
        }

        sorted.Sort();
        return OfSorted(sorted, 0.5);
    }

    /// <summary>p90 - p10 of the known points: the spread of a plateau; NaN when none is known.</summary>
    public static float Spread(ReadOnlySpan<float> values)
    {
        Span<float> scratch = stackalloc float[Math.Min(values.Length, StackPoints)];
        var sorted = Sorted(values, scratch);
        return OfSorted(sorted, 0.9) - OfSorted(sorted, 0.1);
    }

    /// <summary>Median of the newest <paramref name="count"/> known points among the last <paramref name="within"/>; NaN when none is known.</summary>
    public static float LastMedian(ReadOnlySpan<float> values, int count, int within)
    {
        Span<float> newest = stackalloc float[count];
        var found = 0;
        for (var i = values.Length - 1; i >= 0 && i >= values.Length - within && found < count; i--)
        {
            if (!float.IsNaN(values[i]))
            {
                newest[found++] = values[i];
            }
        }

        return Median(newest[..found]);
    }

    private static Span<float> Sorted(ReadOnlySpan<float> values, Span<float> scratch)
    {
        if (values.Length > StackPoints)
        {
            values = values[^StackPoints..];
        }

        var known = 0;
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                scratch[known++] = value;
            }
        }

        var sorted = scratch[..known];
        sorted.Sort();
        return sorted;
    }

    private static float OfSorted(ReadOnlySpan<float> sorted, double q)
    {
        if (sorted.IsEmpty)
        {
            return float.NaN;
        }

        var rank = q * (sorted.Length - 1);
        var low = (int)rank;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return (float)(sorted[low] + ((rank - low) * (sorted[high] - sorted[low])));
    }
}
