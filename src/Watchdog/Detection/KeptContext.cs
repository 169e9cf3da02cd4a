using Watchdog.Detectors.Facts;

namespace Watchdog.Detection;

/// <summary>The last day of what triage read, kept for who reviews what comes of it; a metric that was not answered is empty.</summary>
/// <param name="Cpu">Percent.</param>
/// <param name="NetworkIn">Bytes a period.</param>
/// <param name="NetworkOut">Bytes a period.</param>
/// <param name="Disk">Read and write operations a period, of instance store and EBS together.</param>
/// <param name="Credits">CPU credits left.</param>
public sealed record KeptContext(Points Cpu, Points NetworkIn, Points NetworkOut, Points Disk, Points Credits)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Keeps it; null where nothing but the CPU came.</summary>
    public static KeptContext? Of(in ContextWindows windows) => windows.NetworkIn.Values.IsEmpty && windows.NetworkOut.Values.IsEmpty && windows.DiskReads.Values.IsEmpty
        && windows.DiskWrites.Values.IsEmpty && windows.Credits.Values.IsEmpty ? null : new(
        Last(windows.Cpu, 1), Last(windows.NetworkIn, 0), Last(windows.NetworkOut, 0), Last(Sum(windows.DiskReads, windows.DiskWrites), 0), Last(windows.Credits, 1));

    private static Points Last(MetricWindow window, int digits)
    {
        if (window.Values.IsEmpty)
        {
            return Points.None;
        }

        var skipped = Math.Max(0, window.Values.Length - (int)(Day.TotalSeconds / window.PeriodSeconds));
        return new(
            window.Start.AddSeconds((double)skipped * window.PeriodSeconds), window.PeriodSeconds, [.. window.Values[skipped..].ToArray().Select(value => MathF.Round(value, digits))]);
    }

    // Absent in both is absent, known in one counts.
    private static MetricWindow Sum(MetricWindow reads, MetricWindow writes)
    {
        if (reads.Values.Length != writes.Values.Length)
        {
            return reads.Values.IsEmpty ? writes : reads;
        }

        var sum = reads.Values.ToArray();
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = float.IsNaN(sum[i]) ? writes.Values[i] : float.IsNaN(writes.Values[i]) ? sum[i] : sum[i] + writes.Values[i];
        }

        return new(reads.Start, reads.PeriodSeconds, sum);
    }
}
