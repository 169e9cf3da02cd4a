using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;

namespace Watchdog.Bench.Features;

/// <summary>Vectorised forms that were tried and not kept: bench/results/detectors.md says why.</summary>
internal static class Wide
{
    public static float Mean(ReadOnlySpan<float> values)
    {
        var blocks = MemoryMarshal.Cast<float, Vector<float>>(values);
        var counts = Vector<int>.Zero;
        var sums = Vector<double>.Zero;
        foreach (var block in blocks)
        {
            var known = Vector.Equals(block, block);
            counts -= known;
            Vector.Widen(Vector.ConditionalSelect(known, block, Vector<float>.Zero), out var low, out var high);
            sums += low + high;
        }

        var sum = Vector.Sum(sums);
        var all = Vector.Sum(counts);
        foreach (var value in values[(blocks.Length * Vector<float>.Count)..])
        {
            if (!float.IsNaN(value))
            {
                sum += value;
                all++;
            }
        }

        return all == 0 ? float.NaN : (float)(sum / all);
    }

    // Bits: the newest point is the highest. Windows of up to 64 points only.
    public static Plateau AtByBits(MetricWindow cpu, float threshold, int points, int within, in Grace grace)
    {
        var first = Math.Max(0, cpu.Values.Length - Math.Min(within, 64));
        var values = cpu.Values[first..];
        ulong knowns = 0, highs = 0;
        var i = 0;
        var limit = Vector256.Create(threshold);
        for (; i <= values.Length - 8; i += 8)
        {
            var block = Vector256.Create(values[i..]);
            knowns |= (ulong)Vector256.Equals(block, block).ExtractMostSignificantBits() << i;
            highs |= (ulong)Vector256.GreaterThan(block, limit).ExtractMostSignificantBits() << i;
        }

        for (; i < values.Length; i++)
        {
            knowns |= float.IsNaN(values[i]) ? 0 : 1ul << i;
            highs |= values[i] > threshold ? 1ul << i : 0;
        }

        var (from, to) = (cpu.IndexFrom(grace.From) - first, cpu.IndexFrom(grace.To) - first);
        var covered = Below(to) & ~Below(from);
        knowns &= ~covered;
        for (var surplus = BitOperations.PopCount(knowns) - points; surplus > 0; surplus--)
        {
            knowns &= knowns - 1;
        }

        highs &= knowns;
        return new Plateau(BitOperations.PopCount(knowns), BitOperations.PopCount(highs),
            highs == 0 ? null : cpu.Start.AddSeconds((double)(first + BitOperations.TrailingZeroCount(highs)) * cpu.PeriodSeconds));
    }

    private static ulong Below(long bit) => bit <= 0 ? 0 : bit >= 64 ? ulong.MaxValue : (1ul << (int)bit) - 1;
}
