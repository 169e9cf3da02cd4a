using System.Diagnostics;
using Npgsql;
using Watchdog.Bench.Fleet;
using Watchdog.Bench.Slo.Books;
using Watchdog.Slo.Books;
using Watchdog.Slo.Minutes;

namespace Watchdog.Bench.Slo;

/// <summary>What the books' writer waits for: the statements at their plainest, without the judging that comes before them.</summary>
internal static class Writes
{
    private const string Turn =
        """
        with closed as (
          update slo_interval i set to_min = $2 from slo_group g where g.id = i.grp and g.scope = $1 and i.to_min = 2147483647 returning i.vm, i.grp)
        insert into slo_interval (vm, from_min, to_min, grp, cause) select vm, $2, 2147483647, grp, $3 from closed
        """;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(ColdCluster cluster, int end, CancellationToken ct)
    {
        var database = await cluster.OpenAsync(ct);
        List<double> buckets = [], turns = [];
        var begun = ProcessCost.CpuOfFamily(cluster.ServerPid);
        for (var run = 0; run < 6; run++)
        {
            buckets.Add(await AddUpAsync(database, end + (BucketSheet.Span * run), ct));
        }

        var between = ProcessCost.CpuOfFamily(cluster.ServerPid);
        for (short scope = 1; scope <= 3; scope++)
        {
            turns.Add(await TimeAsync(Turn, [scope, end, (short)Cause.WatchdogBlind]));
            turns.Add(await TimeAsync(Turn, [scope, end + 5, (short)Cause.Ok]));
        }

        // The first runs; a median sorts.
        var (bucket, turn) = (buckets[0], turns[0]);
        var ended = ProcessCost.CpuOfFamily(cluster.ServerPid);
        return
        [
            new("five minutes of every open row into the buckets", null, bucket, Figure.Median(buckets), (between - begun) * 1_000 / buckets.Count, buckets.Count),
            new("a Region of a twelfth of the VMs goes blind, or is seen again", null, turn, Figure.Median(turns), (ended - between) * 1_000 / turns.Count, turns.Count),
        ];

        // As the books' writer does it.
        static async Task<double> AddUpAsync(NpgsqlDataSource database, int from, CancellationToken ct)
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var since = Stopwatch.GetTimestamp();
            var sheet = await RollUp.SheetAsync(
                connection, transaction, [.. Enumerable.Range(1, MadeFleet.Regions).Select(scope => (short)scope)], from, from + BucketSheet.Span, ct);
            await sheet.WriteAsync(connection, transaction, ct);
            await transaction.CommitAsync(ct);
            return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }

        async Task<double> TimeAsync(string sql, object[] values)
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
            var since = Stopwatch.GetTimestamp();
            await command.ExecuteNonQueryAsync(ct);
            return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }
    }
}
