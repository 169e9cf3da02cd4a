using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;

namespace Watchdog.Bench.Features;

/// <summary>The features as plain loops over their definitions: what the vectorised ones are measured against here, and held equal to by the tests' laws.</summary>
internal static class Plain
{
    public static int Known(ReadOnlySpan<float> values)
    {
        var known = 0;
        foreach (var value in values)
        {
            known += float.IsNaN(value) ? 0 : 1;
        }

        return known;
    }

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

    public static Span<float> KnownOf(ReadOnlySpan<float> values, Span<float> into)
    {
        var known = 0;
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                into[known++] = value;
            }
        }

        return into[..known];
    }

    public static float Quantile(ReadOnlySpan<float> values, double q)
    {
        Span<float> scratch = stackalloc float[values.Length];
        var sorted = KnownOf(values, scratch);
        if (sorted.IsEmpty)
        {
            return float.NaN;
        }

        sorted.Sort();
        var rank = q * (sorted.Length - 1);
        var low = (int)rank;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return (float)(sorted[low] + ((rank - low) * (sorted[high] - sorted[low])));
    }

    public static Plateau At(MetricWindow cpu, float threshold, int points, int within, in Grace grace)
    {
        int known = 0, high = 0, oldest = -1;
        var values = cpu.Values;
        for (var i = values.Length - 1; i >= 0 && i >= values.Length - within && known < points; i--)
        {
            if (float.IsNaN(values[i]) || grace.Covers(cpu.Start.AddSeconds((double)i * cpu.PeriodSeconds)))
            {
                continue;
            }

            known++;
            if (values[i] > threshold)
            {
                high++;
                oldest = i;
            }
        }

        return new Plateau(known, high, oldest < 0 ? null : cpu.Start.AddSeconds((double)oldest * cpu.PeriodSeconds));
    }
}
