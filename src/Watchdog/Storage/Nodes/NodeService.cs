using System.Diagnostics.Metrics;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Storage.Rates;

namespace Watchdog.Storage.Nodes;

/// <summary>Writes this worker's sign of life every few seconds, and its good-bye.</summary>
public sealed class NodeService(
    NodeBook book, Node node, DatabaseClock clock, RateLeases rates, JobCount jobs, Clocks clocks, IMeterFactory meters, ILogger<NodeService> log) : BackgroundService
{
    private readonly DateTimeOffset _startedAt = clocks.Wall.GetUtcNow();
    private TimeSpan? _skew;
    private bool _apart;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meters.Create(Meters.Name).CreateObservableGauge("watchdog.node.clock.skew", () => _skew is { } skew ? [new(skew.TotalSeconds)] : (IEnumerable<Measurement<double>>)[],
            "s", "How far this worker's clock lies ahead of the database server's; absent while that does not answer.");
        using var timer = new PeriodicTimer(NodeRules.Beat, clocks.Wall);
        do
        {
            await BeatAsync(stopped: false, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await BeatAsync(stopped: true, cancellationToken);
    }

    private async Task BeatAsync(bool stopped, CancellationToken ct)
    {
        try
        {
            var skew = await clock.SkewAsync(ct);
            var apart = skew.Duration() > NodeRules.MostSkew;
            if (apart && !_apart)
            {
                Log.ClockSkew(log, skew.TotalSeconds, NodeRules.MostSkew.TotalSeconds);
            }

            _apart = apart;

            await book.BeatAsync(new(
                node.Name, Environment.MachineName, Environment.ProcessId, _startedAt, ProgramVersion.Current, Migration.Embedded[^1].Version, default,
                stopped ? clocks.Wall.GetUtcNow() : null, skew, jobs.Now, rates.Leased, 0, 0), ct);
            _skew = skew;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
        {
            // The next sign of life comes soon; a silent worker is shown as one.
            _skew = null;
        }
    }
}
