using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Detectors.Facts;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Telemetry;

namespace Watchdog.Detection;

/// <summary>
/// Gives VMs that ran long before Watchdog saw them their usual level: one read of CloudWatch's memory each, a bounded number a
/// sweep. Without it a fresh install would know nobody's usual level for half a day.
/// </summary>
public sealed class Newcomers(NpgsqlDataSource database, IMetricSource metrics, IOptions<DetectionOptions> options, ILogger<Newcomers> log)
{
    private static readonly Metric[] Cpu = [Metric.CPUUtilization];

    /// <summary>Reads and stores the baselines of as many newcomers as the sweep's share allows; the rest come with their next screen.</summary>
    /// <param name="view">The run.</param>
    /// <param name="shards">Shards of the run: its share of <see cref="DetectionOptions.NewcomersASweep"/>.</param>
    public async Task RunAsync(ShardView view, int shards, CancellationToken ct)
    {
        var share = (options.Value.NewcomersASweep * shards + Shard.Count - 1) / Shard.Count;
        foreach (var ofScope in view.Newcomers.Take(share).GroupBy(vm => vm.Scope))
        {
            foreach (var block in ofScope.Chunk(options.Value.ContextBlock))
            {
                await BlockAsync(view, view.Scopes[ofScope.Key], Array.ConvertAll(block, vm => vm.InstanceId), ct);
            }
        }
    }

    private async Task BlockAsync(ShardView view, Scope scope, string[] ids, CancellationToken ct)
    {
        var span = Telemetry.Windows.Trailing(view.Now, TimeSpan.FromHours(Baseline.Hours));
        try
        {
            using var batch = (await metrics.ReadAsync(scope, ids, Cpu, span.Start, span.End, span.PeriodSeconds, ct))[0];
            var rolled = Roll(batch, view.Now);
            await FencedWrite.RunAsync(database, view.Fence, (connection, transaction) => BaselineTable.SaveAsync(connection, transaction, rolled, ct), ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not NpgsqlException and not Storage.FencedException)
        {
            Log.CallFailed(log, fault, "Reading the usual CPU", scope.Key, ids.Length);
            view.Fail();
        }
    }

    private static List<RolledBaseline> Roll(MetricBatch batch, DateTimeOffset now)
    {
        Span<float> means = stackalloc float[Baseline.Hours];
        Span<float> p95s = stackalloc float[Baseline.Hours];
        List<RolledBaseline> rolled = [];
        for (var i = 0; i < batch.InstanceIds.Count; i++)
        {
            if (batch.Answered[i])
            {
                means.Fill(float.NaN);
                p95s.Fill(float.NaN);
                var until = BaselineRoll.Roll(means, p95s, 0, batch.Window(i), now);
                rolled.Add(RolledBaseline.Of(batch.InstanceIds[i], new Baseline(means, p95s, until)));
            }
        }

        return rolled;
    }
}
