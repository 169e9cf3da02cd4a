namespace Watchdog.Detectors.Features;

/// <summary>How a metric moved with a plateau of CPU. In the metric's unit a period; NaN where too little is known.</summary>
/// <param name="Before">Median before the plateau; NaN when the VM has no before.</param>
/// <param name="During">Median in the plateau.</param>
/// <param name="Low">5th percentile before.</param>
/// <param name="High">90th percentile before.</param>
public readonly record struct Change(float Before, float During, float Low, float High)
{
    /// <summary>Nothing known.</summary>
    public static readonly Change Unknown = new(float.NaN, float.NaN, float.NaN, float.NaN);

    /// <summary>During less before; during alone where there is no before to compare with.</summary>
    public float Added => float.IsNaN(Before) ? During : During - Before;

    /// <summary>Whether the plateau's median lies within what was: from the 5th percentile before to half of the way from its median to its 90th percentile.</summary>
    public bool Unmoved => During >= Low && During <= Before + (0.5f * (High - Before));

    /// <summary>Whether the plateau's median is beyond nine tenths of what was, at least twice its median, and more by <paramref name="least"/>.</summary>
    public bool RoseBy(double least) => During - Before >= least && During > High && During >= 2 * Before;

    /// <summary>Whether the plateau's median is under nineteen twentieths of what was, by <paramref name="share"/> of its median and by <paramref name="least"/>.</summary>
    public bool FellBy(double least, double share) => Before - During >= least && During < Low && Before - During >= share * Before;

    /// <summary>Measures a metric.</summary>
    /// <param name="metric">Points before and in the plateau, on the CPU's grid; empty when absent.</param>
    /// <param name="member">Per point: 1 in the plateau, -1 before it, 0 neither. As long as the CPU's window.</param>
    /// <param name="least">Known points that each side needs.</param>
    public static Change Of(ReadOnlySpan<float> metric, ReadOnlySpan<sbyte> member, int least)
    {
        if (metric.Length != member.Length)
        {
            return Unknown;
        }

        Span<float> before = stackalloc float[metric.Length];
        Span<float> during = stackalloc float[metric.Length];
        int earlier = 0, inside = 0;
        for (var i = 0; i < metric.Length; i++)
        {
            if (float.IsNaN(metric[i]) || member[i] == 0)
            {
                continue;
            }

            if (member[i] > 0)
            {
                during[inside++] = metric[i];
            }
            else
            {
                before[earlier++] = metric[i];
            }
        }

        if (inside < least)
        {
            return Unknown;
        }

        var level = Stat.Median(during[..inside]);
        if (earlier < least)
        {
            return Unknown with { During = level };
        }

        before = before[..earlier];
        before.Sort();
        return new Change(Stat.OfSorted(before, 0.5), level, Stat.OfSorted(before, 0.05), Stat.OfSorted(before, 0.9));
    }
}
