using Watchdog.Diagnostics;
using Watchdog.Storage.Cluster;

namespace Watchdog.Storage;

/// <summary>Looks after the private cluster while the worker runs: a server that died is started again within seconds.</summary>
internal sealed class PrivateClusterKeeper(PrivateCluster cluster, Clocks clocks, ILogger<PrivateClusterKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clocks.Wall);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await cluster.EnsureRunningAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.ClusterRestartFailed(log, e);
            }
        }
    }
}
