using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Owners.Warnings;
using Watchdog.Webhooks;

namespace Watchdog.Owners.Notices;

/// <summary>
/// Tells owners, each five seconds, where a URL is configured. Every worker does; the place in the log and the claims on messages keep them apart, and what
/// one had sent and not noted when it died is sent again under the same id.
/// </summary>
public sealed class NoticeService(
    NoticePump pump, OutboxDrain drain, WebhookSender sender, WarningNotices warnings, IOptions<NoticeOptions> options, Clocks clocks, ILogger<NoticeService> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private bool failing;

    /// <summary>Reads the log on and sends what is due, once.</summary>
    /// <returns>How many attempts were made.</returns>
    public async Task<int> RunOnceAsync(WebhookTarget target, CancellationToken ct)
    {
        await pump.RunAsync(ct);
        var attempts = (await drain.RunAsync(ChannelTo(target), ct)).Attempts;
        await warnings.HearAsync(NoticePump.Channel, ct);
        return attempts;
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

    private OutboxChannel ChannelTo(WebhookTarget target) => new(
        NoticePump.Channel, target.Timeout,
        (message, traceparent, ct) => sender.SendAsync(traceparent, target, message.MessageId, message.Body, clocks.Wall.GetUtcNow(), ct), DeliveryRules.Next);
}
