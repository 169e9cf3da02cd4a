using Watchdog.Detectors.Features;

namespace Watchdog.Detectors.Facts;

/// <summary>What the hypervisor's metrics say around an instant, as numbers that outlive their windows. NaN where absent.</summary>
/// <param name="RecentCpu">Median CPU of the last three known points of the last half hour, percent.</param>
/// <param name="UsualCpu">Median CPU before that, percent.</param>
/// <param name="RecentNetworkOut">Median NetworkOut of the last three known points of the last half hour, of the last one alone when metrics fell silent; bytes a period.</param>
/// <param name="UsualNetworkOut">Median NetworkOut before that, or of the two hours before that where it is lower, bytes a period.</param>
/// <param name="CeilingAt">Start of the period in which CPU went in one sample to its ceiling (96 % or more, by 40 points or more) and stayed; null when it did not.</param>
/// <param name="HourCpuP95">95th percentile of the CPU of the last hour (of <see cref="RestMinutes"/>), percent; NaN unless ten of its twelve parts are known.</param>
/// <param name="HourNetworkMax">Highest NetworkIn + NetworkOut of one period of the same time, bytes; NaN unless ten of its twelve parts are known.</param>
/// <param name="SilentSince">End of the last known CPU point when two or more points are missing after it; null otherwise.</param>
public readonly record struct HypervisorFacts(float RecentCpu, float UsualCpu, float RecentNetworkOut, float UsualNetworkOut,
    DateTimeOffset? CeilingAt, float HourCpuP95, float HourNetworkMax, DateTimeOffset? SilentSince)
{
    /// <summary>Recent disk writes over usual, 0 and up; NaN where either is absent or fewer than ten a period were usual.</summary>
    public float DiskWriteRatio { get; init; } = float.NaN;

    /// <summary>The time that <see cref="HourCpuP95"/> and <see cref="HourNetworkMax"/> tell of, minutes: an hour unless asked for otherwise.</summary>
    public int RestMinutes { get; init; } = 60;

    /// <summary>No metric known.</summary>
    public static readonly HypervisorFacts Unknown = new(float.NaN, float.NaN, float.NaN, float.NaN, null, float.NaN, float.NaN, null);

    /// <summary>Recent NetworkOut over usual, 0 and up; NaN where either is absent or nothing was usual.</summary>
    public float NetworkOutRatio => UsualNetworkOut > 0 ? RecentNetworkOut / UsualNetworkOut : float.NaN;

    /// <summary>Computes the facts at the end of the windows.</summary>
    /// <param name="cpu">CPUUtilization.</param>
    /// <param name="networkOut">NetworkOut on the same grid, or empty.</param>
    /// <param name="networkIn">NetworkIn on the same grid, or empty.</param>
    /// <param name="diskWrites">Disk or EBS write operations on the same grid, or empty.</param>
    /// <param name="restMinutes">The time for which CPU and traffic are asked to rest, minutes, 30 and up; within the windows.</param>
    public static HypervisorFacts Of(
        MetricWindow cpu, MetricWindow networkOut = default, MetricWindow networkIn = default, MetricWindow diskWrites = default, int restMinutes = 60)
    {
        if (cpu.Values.IsEmpty)
        {
            return Unknown;
        }

        var halfHour = Math.Max(1, 1800 / cpu.PeriodSeconds);
        var hour = Math.Max(1, restMinutes * 60 / cpu.PeriodSeconds);
        var cpuHour = Tail(cpu.Values, hour);
        var silent = Step.SilentSince(cpu);
        // Before a silence the last point alone tells what went on; its forerunners are of a better time.
        var newest = silent is null ? 3 : 1;
        return new HypervisorFacts(
            Stat.LastMedian(cpu.Values, 3, halfHour),
            Stat.Median(Head(cpu.Values, halfHour)),
            Stat.LastMedian(networkOut.Values, newest, halfHour),
            Usual(networkOut.Values, halfHour),
            Step.CeilingAt(cpu),
            Enough(cpuHour, hour) ? Stat.Quantile(cpuHour, 0.95) : float.NaN,
            PeakSum(Tail(networkOut.Values, hour), Tail(networkIn.Values, hour), hour),
            silent)
        {
            RestMinutes = restMinutes,
            DiskWriteRatio = Usual(diskWrites.Values, halfHour) is var writes and >= 10 ? Stat.LastMedian(diskWrites.Values, 3, halfHour) / writes : float.NaN,
        };
    }

    private static ReadOnlySpan<float> Tail(ReadOnlySpan<float> values, int count) => values[Math.Max(0, values.Length - count)..];

    private static ReadOnlySpan<float> Head(ReadOnlySpan<float> values, int tail) => values[..Math.Max(0, values.Length - tail)];

    private static float Usual(ReadOnlySpan<float> values, int halfHour)
    {
        var all = Stat.Median(Head(values, halfHour));
        var late = Stat.Median(Tail(Head(values, halfHour), halfHour * 4));
        return late < all ? late : all;
    }

    private static bool Enough(ReadOnlySpan<float> values, int wanted) => Stat.Known(values) * 12 >= wanted * 10;

    private static float PeakSum(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int wanted)
    {
        if (a.Length != b.Length || !Enough(a, wanted) || !Enough(b, wanted))
        {
            return float.NaN;
        }

        var peak = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            var sum = a[i] + b[i];
            peak = sum > peak ? sum : peak;
        }

        return peak;
    }
}
