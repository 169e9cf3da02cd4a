namespace Watchdog.Detectors.Facts;

/// <summary>
/// A VM's usual CPU: up to 72 hours of (mean, p95), oldest first and flush to the end; <see cref="float.NaN"/> in slots never filled.
/// Hours in which the VM did not run, and hours under an open suspicion, are not entered, so that the slots hold the last 72
/// hours <i>that count</i>. The default value is a VM without history.
/// </summary>
public readonly ref struct Baseline
{
    /// <summary>Hours kept.</summary>
    public const int Hours = 72;

    /// <summary>Wraps stored hours.</summary>
    /// <param name="means">Hourly means, percent; <see cref="Hours"/> long or empty.</param>
    /// <param name="p95s">Hourly 95th percentiles, percent; as long as <paramref name="means"/>.</param>
    /// <param name="endHour">End of the newest hour looked at, hours since 1970-01-01T00:00Z, exclusive.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or are neither empty nor <see cref="Hours"/> long.</exception>
    public Baseline(ReadOnlySpan<float> means, ReadOnlySpan<float> p95s, long endHour)
    {
        if (means.Length != p95s.Length || (means.Length != 0 && means.Length != Hours))
        {
            throw new ArgumentException($"A baseline has {Hours} hours of means and of p95s, or none.", nameof(means));
        }

        Means = means;
        P95s = p95s;
        EndHour = endHour;
    }

    /// <summary>Hourly means, percent of all vCPUs, 0 to 100.</summary>
    public ReadOnlySpan<float> Means { get; }
    /// <summary>Hourly 95th percentiles, percent of all vCPUs, 0 to 100.</summary>
    public ReadOnlySpan<float> P95s { get; }
    /// <summary>End of the newest hour looked at, hours since the Unix epoch, exclusive; 0 when there is none.</summary>
    public long EndHour { get; }

    /// <summary>Hours that hold a value, 0 to 72.</summary>
    public int KnownHours
    {
        get
        {
            // Flush to the end: the first value marks where history begins.
            var first = 0;
            while (first < Means.Length && float.IsNaN(Means[first]))
            {
                first++;
            }

            return Means.Length - first;
        }
    }

    /// <summary>How many of the newest hours end after <paramref name="instant"/>, so that a comparison can leave them out.</summary>
    /// <returns>0 to <see cref="KnownHours"/>.</returns>
    public int HoursAfter(DateTimeOffset instant)
    {
        var hour = instant.ToUnixTimeSeconds() / 3600;
        return (int)Math.Clamp(EndHour - hour, 0, KnownHours);
    }
}
