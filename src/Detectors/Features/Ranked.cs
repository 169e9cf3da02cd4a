using System.Numerics;
using System.Runtime.InteropServices;

namespace Watchdog.Detectors.Features;

/// <summary>
/// Values at a rank without a sort: the value of rank r is the greatest of those that have at most r lesser ones. The lesser ones are counted in vectors, n x n / width
/// steps without a branch, which beats a sort by a multiple for the tens of points of a window and draws level at 576 (bench/results/detectors.md).
/// </summary>
internal static class Ranked
{
    /// <summary>The most points for which it pays.</summary>
    public const int Most = 256;

    /// <summary>The values of two ranks.</summary>
    /// <param name="padded">Points, none of them NaN, padded by positive infinity to whole vectors.</param>
    /// <param name="count">Points that are not padding, 1 and up.</param>
    /// <param name="low">A rank, 0 to <paramref name="count"/> - 1.</param>
    /// <param name="high">Another.</param>
    public static (float Low, float High) At(ReadOnlySpan<float> padded, int count, int low, int high)
    {
        var (lowest, highest) = (new Vector<int>(low), new Vector<int>(high));
        var none = new Vector<float>(float.NegativeInfinity);
        var (lows, highs) = (none, none);
        var points = padded[..count];
        foreach (var block in MemoryMarshal.Cast<float, Vector<float>>(padded))
        {
            var lesser = Vector<int>.Zero;
            foreach (var point in points)
            {
                lesser -= Vector.GreaterThan(block, new Vector<float>(point));
            }

            lows = Vector.Max(lows, Vector.ConditionalSelect(Vector.LessThanOrEqual(lesser, lowest), block, none));
            highs = Vector.Max(highs, Vector.ConditionalSelect(Vector.LessThanOrEqual(lesser, highest), block, none));
        }

        return (Greatest(lows), Greatest(highs));
    }

    private static float Greatest(Vector<float> values)
    {
        var greatest = values[0];
        for (var i = 1; i < Vector<float>.Count; i++)
        {
            greatest = values[i] > greatest ? values[i] : greatest;
        }

        return greatest;
    }
}
