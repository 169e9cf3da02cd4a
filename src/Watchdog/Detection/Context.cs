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
            DiskWrites = Both(Metric.DiskWriteOps, Metric.EBSWriteOps),
            Credits = WindowOf(Metric.CPUCreditBalance),
            Surplus = WindowOf(Metric.CPUSurplusCreditBalance),
        }
        : new ContextWindows { Cpu = screened.Window };

    /// <summary>The end of the metric's window, as long as the screen's; none where it was not answered.</summary>
    public Points Tail(Metric metric, Points screened)
    {
        if (!Answers(metric) || Of(metric) is not { } batch || batch.Points < screened.Values.Length)
        {
            return Points.None;
        }

        var skipped = batch.Points - screened.Values.Length;
        return new Points(batch.Start.AddSeconds((double)skipped * batch.PeriodSeconds), batch.PeriodSeconds, batch.Row(row)[skipped..].ToArray());
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
