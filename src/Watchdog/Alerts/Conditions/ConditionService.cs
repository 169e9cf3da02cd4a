using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Storage;

namespace Watchdog.Alerts.Conditions;

/// <summary>Measures what is wrong, each quarter of a minute of wall time while the host runs, and writes it down for the pipeline.</summary>
public sealed class ConditionService(
    IEnumerable<IConditionSource> sources, NpgsqlDataSource database, DatabaseClock serverClock, Node node, Clocks clocks, ILogger<ConditionService> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private readonly HashSet<IConditionSource> failing = [];

    /// <summary>Measures once. A source that fails leaves what it told before: unknown is not well.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        List<Condition> seen = [];
        List<string> unknown = [];
        foreach (var source in sources)
        {
            try
            {
                seen.AddRange(await source.ReadAsync(ct));
                failing.Remove(source);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
            {
                unknown.AddRange(source.Kinds);
                if (failing.Add(source))
                {
                    Log.ConditionUnread(log, string.Join(", ", source.Kinds), fault.Message);
                }
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                // One source's fault is not that of the others.
                unknown.AddRange(source.Kinds);
                if (failing.Add(source))
                {
                    Log.ConditionsFail(log, string.Join(", ", source.Kinds), fault);
                }
            }
        }

        await ConditionTable.WriteAsync(database, node.Name, seen, unknown, await serverClock.NowAsync(ct), ct);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clocks.Wall);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
            {
                // The pipeline says that the database is away; what was written ages.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
