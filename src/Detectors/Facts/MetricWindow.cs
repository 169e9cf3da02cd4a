namespace Watchdog.Detectors.Facts;

/// <summary>
/// A metric's points over the half-open span [<see cref="Start"/>, <see cref="End"/>) on its period's grid. A point that is
/// absent is <see cref="float.NaN"/>: absent is not zero.
/// </summary>
public readonly ref struct MetricWindow
{
    /// <summary>Makes a window; the values' first element is the period that begins at <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The period is not positive, or the start lies off its grid.</exception>
    public MetricWindow(DateTimeOffset start, int periodSeconds, ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(periodSeconds);
        ArgumentOutOfRangeException.ThrowIfNotEqual(start.ToUnixTimeSeconds() % periodSeconds, 0);
        Start = start;
        PeriodSeconds = periodSeconds;
        Values = values;
    }

    /// <summary>Start of the first period, UTC, on the grid.</summary>
    public DateTimeOffset Start { get; }
    /// <summary>Length of a period, seconds.</summary>
    public int PeriodSeconds { get; }
    /// <summary>One value a period, oldest first, in CloudWatch's unit; NaN where absent.</summary>
    public ReadOnlySpan<float> Values { get; }
    /// <summary>End of the last period, exclusive.</summary>
    public DateTimeOffset End => Start.AddSeconds((double)PeriodSeconds * Values.Length);

    /// <summary>Index of the first period that begins at the instant or after it, 0 and up; it may lie beyond the window.</summary>
    public long IndexFrom(DateTimeOffset instant)
    {
        // The default window has no period.
        var period = Math.Max(1, PeriodSeconds) * TimeSpan.TicksPerSecond;
        return Math.Max(0, ((instant - Start).Ticks + period - 1) / period);
    }
}
