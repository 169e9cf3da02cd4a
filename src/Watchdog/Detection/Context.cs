using Watchdog.Detectors.Facts;
using Watchdog.Telemetry;

namespace Watchdog.Detection;

/// <summary>One VM's row in the context metrics' batches.</summary>
internal readonly struct Context(IReadOnlyList<MetricBatch> batches, int row)
{
    /// <summary>Whether CloudWatch answered completely for the metric.</summary>
    public bool Answers(Metric metric) => Of(metric)?.Answered[row] == true;

    /// <summary>The windows as triage reads them. Where the CPU's context did not come, the screen's own window stands in, without context.</summary>
    public ContextWindows Windows(Points screened) => Answers(Metric.CPUUtilization)
        ? new ContextWindows
        {
            Cpu = Of(Metric.CPUUtilization)!.Window(row),
            NetworkIn = WindowOf(Metric.NetworkIn),
            NetworkOut = WindowOf(Metric.NetworkOut),
            DiskReads = Both(Metric.DiskReadOps, Metric.EBSReadOps),
            DiskWrites = DiskWrites,
            Credits = WindowOf(Metric.CPUCreditBalance),
            Surplus = WindowOf(Metric.CPUSurplusCreditBalance),
        }
        : new ContextWindows { Cpu = screened.Window };

    /// <summary>Write operations, of instance store and EBS together; none where neither was answered.</summary>
    public MetricWindow DiskWrites => Both(Metric.DiskWriteOps, Metric.EBSWriteOps);

    /// <summary>The end of the metric's window, as long as the screen's; none where it was not answered.</summary>
    public Points Tail(Metric metric, Points screened) => Tail(WindowOf(metric), screened);

    /// <summary>The end of a window, as long as the screen's; none where it is shorter.</summary>
    public static Points Tail(MetricWindow window, Points screened)
    {
        var skipped = window.Values.Length - screened.Values.Length;
        return window.Values.IsEmpty || skipped < 0 ? Points.None
            : new Points(window.Start.AddSeconds((double)skipped * window.PeriodSeconds), window.PeriodSeconds, window.Values[skipped..].ToArray());
    }

    private MetricWindow WindowOf(Metric metric) => Answers(metric) ? Of(metric)!.Window(row) : default;

    // Instance store and EBS count apart, and most VMs have one of the two: the sum of what is known.
    private MetricWindow Both(Metric disk, Metric ebs)
    {
        if (!Answers(disk) || !Answers(ebs))
        {
            return Answers(disk) ? WindowOf(disk) : WindowOf(ebs);
        }

        var a = Of(disk)!;
        var b = Of(ebs)!.Row(row);
        var sum = a.Row(row).ToArray();
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = float.IsNaN(sum[i]) ? b[i] : float.IsNaN(b[i]) ? sum[i] : sum[i] + b[i];
        }

        return new MetricWindow(a.Start, a.PeriodSeconds, sum);
    }

    private MetricBatch? Of(Metric metric)
    {
        foreach (var batch in batches)
        {
            if (batch.Metric == metric)
            {
                return batch;
            }
        }

        return null;
    }
}
