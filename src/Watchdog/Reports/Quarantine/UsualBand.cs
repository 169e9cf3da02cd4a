using Watchdog.Detectors.Facts;

namespace Watchdog.Reports.Quarantine;

/// <summary>Where a VM's CPU usually lies.</summary>
/// <param name="Low">Percent: one hour in ten has a lower mean.</param>
/// <param name="High">Percent: one hour in ten has a higher 95th percentile.</param>
/// <param name="Hours">Hours of history behind it.</param>
public sealed record UsualBand(float Low, float High, int Hours)
{
    /// <summary>Reads it out of table <c>vm_baseline</c>'s bytes; null where they hold no hour.</summary>
    public static UsualBand? Of(byte[]? hours)
    {
        Span<float> means = stackalloc float[Baseline.Hours];
        Span<float> p95s = stackalloc float[Baseline.Hours];
        if (!BaselineCodec.TryDecode(hours, means, p95s, out var endHour) || new Baseline(means, p95s, endHour).KnownHours is not (> 0 and var known))
        {
            return null;
        }

        return new(Tenth(means, high: false), Tenth(p95s, high: true), known);
    }

    private static float Tenth(ReadOnlySpan<float> values, bool high)
    {
        float[] sorted = [.. values.ToArray().Where(float.IsFinite).Order()];
        return sorted.Length == 0 ? float.NaN : sorted[(int)Math.Round((sorted.Length - 1) * (high ? 0.9 : 0.1))];
    }
}
