using Watchdog.Detection;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.IdleShutdown;

/// <summary>Reads CPU and network of VMs whose CPU rests; CloudWatch bills by the metric, so that nobody else is asked for.</summary>
public sealed class IdleMetricsReader(IMetricSource source, ILogger<IdleMetricsReader> log)
{
    private const int Block = 500;
    private static readonly Metric[] Wanted = [Metric.CPUUtilization, Metric.NetworkIn, Metric.NetworkOut];

    /// <summary>The metrics of the trailing span by VM, of three hours at least; a VM that CloudWatch did not answer for is absent.</summary>
    public async Task<IReadOnlyDictionary<string, IdleMetrics>> ReadAsync(
        Scope scope, IReadOnlyList<string> instanceIds, TimeSpan span, DateTimeOffset now, CancellationToken ct)
    {
        Dictionary<string, IdleMetrics> found = new(StringComparer.Ordinal);
        var window = Telemetry.Windows.Trailing(now, span > Telemetry.Windows.Screen ? span : Telemetry.Windows.Screen);
        foreach (var ids in instanceIds.Chunk(Block))
        {
            try
            {
                var batches = await source.ReadAsync(scope, ids, Wanted, window.Start, window.End, window.PeriodSeconds, ct);
                for (var row = 0; row < ids.Length; row++)
                {
                    if (batches.All(batch => batch.Answered[row]))
                    {
                        found[ids[row]] = new(PointsOf(batches[0], row), PointsOf(batches[1], row), PointsOf(batches[2], row));
                    }
                }

                foreach (var batch in batches)
                {
                    batch.Dispose();
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Log.ReadFailed(log, fault, "CPU and network", scope.Key, ids.Length);
            }
        }

        return found;
    }

    private static Points PointsOf(MetricBatch batch, int row) => new(batch.Start, batch.PeriodSeconds, batch.Row(row).ToArray());
}
