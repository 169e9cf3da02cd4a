namespace Watchdog.Bench.Soak;

/// <summary>Whether a figure of memory grows from sweep to sweep.</summary>
/// <param name="Early">The largest of sweeps 6 to 15, when everything that is kept has been made once.</param>
/// <param name="Late">The largest of the last ten.</param>
/// <param name="PerSweep">What a straight line through all from sweep 6 on gains a sweep (least squares).</param>
internal sealed record MemoryTrend(double Early, double Late, double PerSweep)
{
    /// <summary>Sweeps that it takes at least, so that the two groups do not overlap.</summary>
    public const int Least = 30;
    /// <summary>What the late group may have more than the early one, a part of it.</summary>
    public const double Tolerance = 0.10;
    private const int Warm = 5;
    private const int Group = 10;

    /// <summary>The late ones are within the tolerance.</summary>
    public bool Flat => Late <= Early * (1 + Tolerance);

    /// <summary>Of a figure, one a sweep.</summary>
    public static MemoryTrend Of(IReadOnlyList<double> sweeps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sweeps.Count, Least);
        var settled = sweeps.Skip(Warm).ToList();
        var (middle, mean) = ((settled.Count - 1) / 2.0, settled.Average());
        var (rise, run) = (0.0, 0.0);
        for (var i = 0; i < settled.Count; i++)
        {
            rise += (i - middle) * (settled[i] - mean);
            run += (i - middle) * (i - middle);
        }

        return new(settled.Take(Group).Max(), settled.TakeLast(Group).Max(), rise / run);
    }
}
