using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Alerts.Storing;
using Watchdog.Diagnostics;

namespace Watchdog.Alerts;

/// <summary>
/// Runs the pipeline each two seconds of wall time, and drops what ended long ago now and then. Of all workers the one that gets the lock does it; a worker
/// that dies loses the lock with its connection.
/// </summary>
public sealed class AlertService(NpgsqlDataSource database, AlertPipeline pipeline, IOptions<AlertOptions> options, Clocks clocks, ILogger<AlertService> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenDrops = TimeSpan.FromMinutes(1);
    private bool failing;
    private long dropped;

    /// <summary>Runs once; false when another worker is at it.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken ct)
    {
        await using var guard = await database.OpenConnectionAsync(ct);
        if (!await LockAsync(guard, "select pg_try_advisory_lock(hashtextextended($1, 0))", ct))
        {
            return false;
        }

        try
        {
            await pipeline.RunAsync(ct);
            if (clocks.Wall.GetElapsedTime(dropped) > BetweenDrops)
            {
                dropped = clocks.Wall.GetTimestamp();
                var kept = TimeSpan.FromDays(options.Value.KeepDays);
                await Retention.RunAsync(database, clocks.Fleet.GetUtcNow() - kept, clocks.Wall.GetUtcNow() - kept, ct);
            }

            return true;
        }
        finally
        {
            await LockAsync(guard, "select pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clocks.Wall);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
                failing = false;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
            {
                if (!failing)
                {
                    Log.AlertsWait(log, fault.Message);
                }

                failing = true;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Of a fault in here the sweeps and acts of this worker know nothing; signs of life stay away while it lasts.
                if (!failing)
                {
                    Log.AlertsFail(log, fault);
                }

                failing = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async Task<bool> LockAsync(NpgsqlConnection guard, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, guard) { Parameters = { new() { Value = $"pipeline:{AlertPipeline.Channel}" } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
