using Watchdog.Telemetry;

namespace Watchdog.Sweeps.Explaining;

/// <summary>What a reader sees of a VM's metrics: CPU, network, disk.</summary>
internal static class MetricCharts
{
    /// <summary>What is read, CPU first.</summary>
    public static readonly Metric[] Metrics =
    [
        Metric.CPUUtilization, Metric.NetworkIn, Metric.NetworkOut, Metric.DiskReadOps, Metric.DiskWriteOps, Metric.EBSReadOps, Metric.EBSWriteOps,
    ];

    /// <summary>The charts of the only VM of batches in the order of <see cref="Metrics"/>.</summary>
    public static IReadOnlyList<Chart> Of(IReadOnlyList<MetricBatch> read) =>
    [
        ChartOf("CPU", "%", read[0]),
        ChartOf("network in", "B", read[1]),
        ChartOf("network out", "B", read[2]),
        ChartOf("disk", "ops", read[3], read[4], read[5], read[6]),
    ];

    // Absent in all is absent; known in one counts.
    private static Chart ChartOf(string name, string unit, params ReadOnlySpan<MetricBatch> parts)
    {
        var sum = parts[0].Row(0).ToArray();
        foreach (var part in parts[1..])
        {
            var row = part.Row(0);
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] = float.IsNaN(sum[i]) ? row[i] : float.IsNaN(row[i]) ? sum[i] : sum[i] + row[i];
            }
        }

        return new Chart(name, unit, parts[0].Start, parts[0].PeriodSeconds, sum);
    }
}
