using Watchdog.Detection;
using Watchdog.Detectors.Replaying;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Sweeps.Backtesting;

/// <summary>The last fourteen days of running VMs as CloudWatch keeps them, block by block so that memory stays bounded. Read-only.</summary>
public sealed class LiveHistory(VmRepository vms, ScopeCatalog scopes, IMetricSource metrics)
{
    /// <summary>How far back.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromDays(14);
    private const int Block = 50;

    private static readonly Metric[] Wanted =
    [
        Metric.CPUUtilization, Metric.NetworkIn, Metric.NetworkOut, Metric.DiskReadOps, Metric.DiskWriteOps, Metric.EBSReadOps, Metric.EBSWriteOps,
        Metric.CPUCreditBalance, Metric.CPUSurplusCreditBalance,
    ];

    /// <summary>Metrics that one VM's history requests: the unit of CloudWatch's bill.</summary>
    public static int MetricsAVm => Wanted.Length;

    /// <summary>Up to so many running VMs of the configured scopes; which ones, their ids decide.</summary>
    public async Task<IReadOnlyList<(Vm Vm, Scope Scope)>> ChooseAsync(int most, CancellationToken ct)
    {
        var byId = (await scopes.LoadAsync(ct)).ToDictionary(scope => scope.Id);
        var running = await vms.RunningAsync([.. Enumerable.Range(0, Shard.Count).Select(shard => (short)shard)], ct);
        return [.. running.Where(vm => byId.ContainsKey(vm.Scope)).Take(most).Select(vm => (vm, byId[vm.Scope]))];
    }

    /// <summary>Their recordings up to <paramref name="now"/>.</summary>
    public async IAsyncEnumerable<RecordedVm> ReadAsync(
        IReadOnlyList<(Vm Vm, Scope Scope)> chosen, DateTimeOffset now, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var span = Telemetry.Windows.Trailing(now, Length);
        foreach (var ofScope in chosen.GroupBy(pair => pair.Scope))
        {
            foreach (var block in ofScope.Select(pair => pair.Vm).Chunk(Block))
            {
                var read = await metrics.ReadAsync(ofScope.Key, Array.ConvertAll(block, vm => vm.InstanceId), Wanted, span.Start, span.End, span.PeriodSeconds, ct);
                List<RecordedVm> recordings = [.. block.Select((vm, row) => RecordingOf(vm, read, row))];
                foreach (var batch in read)
                {
                    batch.Dispose();
                }

                foreach (var recording in recordings)
                {
                    yield return recording;
                }
            }
        }
    }

    private static RecordedVm RecordingOf(Vm vm, IReadOnlyList<MetricBatch> read, int row) =>
        new(Subject.FactsOf(vm, null), read[0].Start, read[0].PeriodSeconds, read[0].Points)
        {
            Cpu = read[0].Row(row).ToArray(),
            NetworkIn = read[1].Row(row).ToArray(),
            NetworkOut = read[2].Row(row).ToArray(),
            DiskReads = Both(read[3], read[5], row),
            DiskWrites = Both(read[4], read[6], row),
            Credits = read[7].Row(row).ToArray(),
            Surplus = read[8].Row(row).ToArray(),
        };

    private static float[] Both(MetricBatch disk, MetricBatch ebs, int row)
    {
        var sum = disk.Row(row).ToArray();
        var other = ebs.Row(row);
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = float.IsNaN(sum[i]) ? other[i] : float.IsNaN(other[i]) ? sum[i] : sum[i] + other[i];
        }

        return sum;
    }
}
