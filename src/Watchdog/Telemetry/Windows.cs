namespace Watchdog.Telemetry;

/// <summary>A half-open span [<paramref name="Start"/>, <paramref name="End"/>) on a period's grid, UTC.</summary>
/// <param name="Start">Start of the first period.</param>
/// <param name="End">End of the last period, exclusive.</param>
/// <param name="PeriodSeconds">Length of a period, seconds.</param>
public readonly record struct MetricSpan(DateTimeOffset Start, DateTimeOffset End, int PeriodSeconds)
{
    /// <summary>Periods in the span.</summary>
    public int Points => (int)((End - Start).Ticks / TimeSpan.TicksPerSecond / PeriodSeconds);
}

/// <summary>The spans that Watchdog asks CloudWatch for.</summary>
public static class Windows
{
    /// <summary>EC2's basic period, seconds.</summary>
    public const int Period = 300;
    /// <summary>The screen's window: CloudWatch reads up to three hours back at its lower datapoint price in rate.</summary>
    public static readonly TimeSpan Screen = TimeSpan.FromHours(3);
    /// <summary>The triage's window: context behind a new plateau.</summary>
    public static readonly TimeSpan Context = TimeSpan.FromHours(48);

    /// <summary>
    /// The trailing span of a length that ends with the last whole period before <paramref name="now"/>. Its last points may not be
    /// published yet: they are absent, not zero.
    /// </summary>
    public static MetricSpan Trailing(DateTimeOffset now, TimeSpan length, int periodSeconds = Period)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(periodSeconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.FromSeconds(periodSeconds));
        var unix = now.ToUnixTimeSeconds();
        var end = unix - Mod(unix, periodSeconds);
        var points = (long)length.TotalSeconds / periodSeconds;
        return new(DateTimeOffset.FromUnixTimeSeconds(end - (points * periodSeconds)), DateTimeOffset.FromUnixTimeSeconds(end), periodSeconds);
    }

    private static long Mod(long value, long divisor) => ((value % divisor) + divisor) % divisor;
}
