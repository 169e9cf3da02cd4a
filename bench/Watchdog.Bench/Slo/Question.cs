using System.Diagnostics;
using Npgsql;
using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Slo;

/// <summary>Something asked of the books.</summary>
/// <param name="What">In words.</param>
/// <param name="Goal">Milliseconds that it may take warm; null without a goal.</param>
/// <param name="Different">How many differ from one another, so that each is cold once.</param>
/// <param name="Runs">Warm runs.</param>
/// <param name="Ask">Asks the one of this number.</param>
internal sealed record Question(string What, double? Goal, int Different, int Runs, Func<NpgsqlDataSource, int, CancellationToken, Task> Ask)
{
    public async Task<Figure> AskAsync(ColdCluster cluster, CancellationToken ct)
    {
        var database = await cluster.OpenColdAsync(ct);
        var cold = await TimeAsync(Different);
        var before = ProcessCost.CpuOfFamily(cluster.ServerPid);
        var warm = await TimeAsync(Runs);
        return new(What, Goal, Figure.Median(cold), Figure.Median(warm), (ProcessCost.CpuOfFamily(cluster.ServerPid) - before) * 1_000 / Runs, Runs);

        async Task<List<double>> TimeAsync(int runs)
        {
            List<double> took = [];
            for (var run = 0; run < runs; run++)
            {
                var since = Stopwatch.GetTimestamp();
                await Ask(database, run % Different, ct);
                took.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }

            return took;
        }
    }
}

/// <summary>What was measured.</summary>
/// <param name="What">In words.</param>
/// <param name="Goal">Milliseconds; null without one.</param>
/// <param name="Cold">Median after a restart, nothing in memory, ms.</param>
/// <param name="Warm">Median of the runs after, ms.</param>
/// <param name="Cpu">CPU of Postgres for each of these runs, all its processes, ms: what the machine's other work does not lengthen much.</param>
/// <param name="Runs">How many those were.</param>
internal sealed record Figure(string What, double? Goal, double Cold, double Warm, double Cpu, int Runs)
{
    public bool Met => Goal is null || Warm < Goal;

    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
