using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Owners.Notices;

/// <summary>
/// Tells owners, each five seconds, where a URL is configured. Of all workers the one that gets the channel's lock does it; a worker that dies loses
/// the lock with its connection, and what it had sent and not noted is sent again under the same id.
/// </summary>
public sealed class NoticeService(
    NpgsqlDataSource database, NoticePump pump, OutboxDrain drain, IOptions<NoticeOptions> options, Clocks clocks, ILogger<NoticeService> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private bool failing;

    /// <summary>Reads the log on and sends what is due, once.</summary>
    /// <returns>How many attempts were made; null when another worker is at it.</returns>
    public async Task<int?> RunOnceAsync(WebhookTarget target, CancellationToken ct)
    {
        await using var guard = await database.OpenConnectionAsync(ct);
        if (!await LockAsync(guard, "select pg_try_advisory_lock(hashtextextended($1, 0))", ct))
        {
            return null;
        }

        try
        {
            await pump.RunAsync(ct);
            return await drain.RunAsync(guard, NoticePump.Channel, target, ct);
        }
        finally
        {
            await LockAsync(guard, "select pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Target() is not { } target)
        {
            return;
        }

        using var timer = new PeriodicTimer(Pause, clocks.Wall);
        do
        {
            try
            {
                await RunOnceAsync(target, stoppingToken);
                failing = false;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
            {
                if (!failing)
                {
                    Log.NoticesWait(log, fault.Message);
                }

                failing = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async Task<bool> LockAsync(NpgsqlConnection guard, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, guard) { Parameters = { new() { Value = $"outbox:{NoticePump.Channel}" } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
