using System.Numerics;
using System.Runtime.InteropServices;

namespace Watchdog.Detectors.Features;

/// <summary>Robust statistics of spans in which NaN is an absent point. Nothing is allocated; spans of up to 1024 points are sorted on the stack.</summary>
public static class Stat
{
    private const int StackPoints = 1024;

    /// <summary>Points that are known.</summary>
    public static int Known(ReadOnlySpan<float> values)
    {
        var blocks = MemoryMarshal.Cast<float, Vector<float>>(values);
        var counts = Vector<int>.Zero;
        foreach (var block in blocks)
        {
            // Only NaN differs from itself; where they are equal the mask is -1.
            counts -= Vector.Equals(block, block);
        }

        var known = Vector.Sum(counts);
        foreach (var value in values[(blocks.Length * Vector<float>.Count)..])
        {
            known += float.IsNaN(value) ? 0 : 1;
        }

        return known;
    }

    /// <summary>Copies the known points together, in their order.</summary>
    /// <param name="values">Points.</param>
    /// <param name="into">Where to; at least as long.</param>
    /// <returns>How many are known.</returns>
    public static int CopyKnown(ReadOnlySpan<float> values, Span<float> into)
    {
        var known = 0;
        var i = 0;
        while (i < values.Length)
        {
            var end = Math.Min(values.Length, i + Vector<float>.Count);
            if (end - i == Vector<float>.Count && new Vector<float>(values[i..]) is var block && Vector.EqualsAll(block, block))
            {
                block.CopyTo(into[known..]);
                known += Vector<float>.Count;
                i = end;
                continue;
            }

            for (; i < end; i++)
            {
                if (!float.IsNaN(values[i]))
                {
                    into[known++] = values[i];
                }
            }
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
        Span<float> scratch = stackalloc float[Math.Min(values.Length, StackPoints) + Vector<float>.Count];
        var known = Newest(values, scratch);
        if (known.Length is 0 or > Ranked.Most)
        {
            known.Sort();
            return OfSorted(known, q);
        }

        var width = (known.Length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        scratch[known.Length..width].Fill(float.PositiveInfinity);
        var rank = q * (known.Length - 1);
        var low = (int)rank;
        var (under, over) = Ranked.At(scratch[..width], known.Length, low, Math.Min(low + 1, known.Length - 1));
        return (float)(under + ((rank - low) * (over - under)));
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

    /// <summary>Quantile of points that are sorted and known; NaN when there is none.</summary>
    internal static float OfSorted(ReadOnlySpan<float> sorted, double q)
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

    private static Span<float> Sorted(ReadOnlySpan<float> values, Span<float> scratch)
    {
        var sorted = Newest(values, scratch);
        sorted.Sort();
        return sorted;
    }

    private static Span<float> Newest(ReadOnlySpan<float> values, Span<float> scratch)
        => scratch[..CopyKnown(values[Math.Max(0, values.Length - StackPoints)..], scratch)];
}
