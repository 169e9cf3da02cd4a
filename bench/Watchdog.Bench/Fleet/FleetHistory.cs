using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Bench.Fleet;

/// <summary>
/// Gives every VM the row that days of watching would have given it: without usual levels in the database a sweep would be too cheap.
/// </summary>
internal static class FleetHistory
{
    private const int Block = 5_000;
    private const float Spread = 5;

    /// <summary>Writes 72 hours at the level of the last three, ending so that the next screen enters one more.</summary>
    public static async Task GiveAsync(IServiceProvider services, CancellationToken ct)
    {
        var metrics = services.GetRequiredService<IMetricSource>();
        var database = services.GetRequiredService<NpgsqlDataSource>();
        var scopes = (await services.GetRequiredService<ScopeCatalog>().LoadAsync(ct)).ToDictionary(scope => scope.Id);
        var now = TimeProvider.System.GetUtcNow();
        var end = ((now.ToUnixTimeSeconds() - (BaselineRoll.SettleMinutes * 60)) / 3600) - 1;
        var span = Telemetry.Windows.Trailing(now, Telemetry.Windows.Screen);
        short[] shards = [.. Enumerable.Range(0, Shard.Count).Select(shard => (short)shard)];
        foreach (var block in (await services.GetRequiredService<VmRepository>().RunningAsync(shards, ct)).Chunk(Block))
        {
            var ids = Array.ConvertAll(block, vm => vm.InstanceId);
            using var batch = (await metrics.ReadAsync(scopes[block[0].Scope], ids, [Metric.CPUUtilization], span.Start, span.End, span.PeriodSeconds, ct))[0];
            var rolled = Enumerable.Range(0, ids.Length).Select(row => RolledBaseline.Of(ids[row], Of(batch, row, end))).ToList();
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await BaselineTable.SaveAsync(connection, transaction, rolled, ct);
            await transaction.CommitAsync(ct);
        }
    }

    private static Baseline Of(MetricBatch batch, int row, long endHour)
    {
        var (sum, count) = (0f, 0);
        foreach (var value in batch.Row(row))
        {
            (sum, count) = float.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
        }

        var level = count == 0 ? 0 : sum / count;
        var (means, p95s) = (new float[Baseline.Hours], new float[Baseline.Hours]);
        Array.Fill(means, level);
        Array.Fill(p95s, Math.Min(100, level + Spread));
        return new Baseline(means, p95s, endHour);
    }
}
