using System.Globalization;
using System.Text;

namespace Watchdog.Bench.Stream;

/// <summary>The figures as a page in Markdown.</summary>
internal static class StreamTable
{
    private const double Mebi = 1 << 20;
    private static readonly int[] Fleets = [1_000, 2_000, 5_000, 10_000, 50_000, 150_000];

    public static string Of(int vms, IReadOnlyList<PeriodFigures> periods, ReadFigures read, double tableBytes, string load)
    {
        var text = new StringBuilder();
        // The very last delivery catches up with the time that the others took: more than a period.
        var last = periods.SkipLast(1).TakeLast(6).ToList();
        Line(text, $"# Metric stream\n");
        Line(text, $"`scripts/bench stream --vms {vms}`: the simulated Region delivers its metric stream (CPUUtilization) from a process of its own to the worker's listener, {periods.Count} periods of five minutes one after the other as fast as they are taken; {Environment.ProcessorCount} cores, Postgres on the same machine. Load average before {load}: above the number of cores, other work shared the machine, which lengthens wall time more than CPU time. The figures are means of {last.Count} periods near the end, when every row holds a full window.\n");
        Line(text, $"## One period of {vms:N0} VMs\n\n| what | measured |\n|---|---:|");
        Line(text, $"| points | {last.Average(p => p.Points):N0} in {last.Average(p => p.Deliveries):N0} deliveries, {last.Average(p => p.Bytes) / Mebi:F1} MiB packed |");
        Line(text, $"| wall, simulator included | {last.Average(p => p.Wall):F1} s: {last.Sum(p => p.Points) / last.Sum(p => p.Wall):N0} points/s |");
        Line(text, $"| CPU of the worker | {last.Average(p => p.Worker):F2} s: {last.Sum(p => p.Worker) / last.Sum(p => p.Points) * 1e6:F1} µs a point, {last.Average(p => p.Worker) / 3:F1} % of a core |");
        Line(text, $"| CPU of Postgres | {last.Average(p => p.Postgres):F2} s: {last.Average(p => p.Postgres) / 3:F1} % of a core |");
        Line(text, $"| WAL written | {last.Average(p => p.Wal) / Mebi:F1} MiB |");
        Line(text, $"| retries, lost deliveries | {last.Sum(p => p.Retries)}, {last.Sum(p => p.Lost)} |");
        Line(text, $"| table and index | {tableBytes / Mebi:F0} MiB |");
        Line(text, $"| peak RSS of the worker | {periods.Max(p => p.Rss) / Mebi:F0} MiB |\n");
        Line(text, $"## Reading every VM's three hours\n\n| what | measured |\n|---|---:|");
        Line(text, $"| wall | {read.Wall:F1} s |\n| CPU of the worker | {read.Worker:F2} s |\n| CPU of Postgres | {read.Postgres:F2} s |");
        Line(text, $"| VMs with a complete window | {read.Complete:N0} of {read.Running:N0} running |");
        Line(text, $"| metrics that were polled, of VMs with periods that they did not run: once | {read.Asked:N0} |\n");
        Line(text, $"## US$ a month, CPU of every VM, us-east-1\n\nPolling is US$ 0.01 for 1,000 metrics; the stream US$ 0.003 for 1,000 updates, Firehose US$ 0.029 a GB, and its endpoint US$ {StreamCost.Endpoint:F0} whatever the fleet (assumed). The default cadence asks {StreamCost.HotShare:P0} of the VMs each five minutes and the others each fifteen; the stream has all of them each five.\n");
        Line(text, $"| VMs | polled each 5 minutes | polled at the default cadence | stream | saved against the one | against the other |\n|---:|---:|---:|---:|---:|---:|");
        foreach (var fleet in Fleets)
        {
            var (five, cadence, stream) = (StreamCost.EachFive(fleet), StreamCost.Cadence(fleet), StreamCost.Stream(fleet));
            Line(text, $"| {fleet:N0} | {five:N0} | {cadence:N0} | {stream:N0} | {five - stream:N0} ({1 - (stream / five):P0}) | {cadence - stream:N0} ({1 - (stream / cadence):P0}) |");
        }

        Line(text, $"\nBreak-even: {StreamCost.BreakEven(StreamCost.EachFive):N0} VMs against polling each five minutes, {StreamCost.BreakEven(StreamCost.Cadence):N0} against the default cadence. Below 10,000 VMs the difference to the default cadence stays under US$ 70 a month and does not pay for one more thing to run.");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}

/// <summary>One period's delivery: seconds, bytes, counts.</summary>
internal sealed record PeriodFigures(long Points, long Deliveries, long Bytes, long Retries, long Lost, double Wall, double Worker, double Postgres, double Wal, long Rss);

/// <summary>One read of every window.</summary>
internal sealed record ReadFigures(double Wall, double Worker, double Postgres, int Complete, int Running, long Asked);
