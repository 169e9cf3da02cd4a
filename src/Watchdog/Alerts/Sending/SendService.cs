using Npgsql;
using Watchdog.Alerts.Receivers;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Sending;

/// <summary>
/// Sends notifications: a loop a receiver, so that one that hangs holds up no other, and a loop for the signs of life. Every worker runs them; claims keep them apart.
/// </summary>
public sealed class SendService(
    NpgsqlDataSource database, ReceiverCatalog receivers, OutboxDrain drain, RepeatRun repeats, AckRun acks, LifeRun life, Clocks clocks, ILogger<SendService> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLife = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var names = receivers.Receivers.Select(one => one.Name).Concat(receivers.Pulses.Keys).Distinct();
        return Task.WhenAll(names.SelectMany(name => ReceiverLoops(name, stoppingToken)).Append(LifeAsync(stoppingToken)));
    }

    private IEnumerable<Task> ReceiverLoops(string name, CancellationToken ct)
    {
        var receiver = receivers.Receivers.FirstOrDefault(one => one.Name == name);
        var channel = AlertChannels.Of(name, receiver, receivers.Pulses.GetValueOrDefault(name));
        var open = false;
        yield return LoopAsync(name, async () =>
        {
            if (!open)
            {
                await OutboxTable.OpenAsync(database, channel.Name, ct);
                open = true;
            }

            if (receiver is not null)
            {
                await acks.RunAsync(receiver, ct);
            }

            var rest = (await drain.RunAsync(channel, ct)).Rest;
            return rest > Pause ? rest : Pause;
        }, ct);
        if (receiver is { Forgets: true })
        {
            yield return RepeatAsync(receiver, ct);
        }
    }

    private Task RepeatAsync(IReceiver receiver, CancellationToken ct)
    {
        var failing = false;
        return LoopAsync(receiver.Name, async () =>
        {
            var (told, failed) = await repeats.RunAsync(receiver, ct);
            if (failed > 0 && !failing)
            {
                Log.RepeatsFail(log, receiver.Name, failed, told);
            }

            failing = told > 0 ? failed > 0 : failing;
            return Pause;
        }, ct);
    }

    private Task LifeAsync(CancellationToken ct)
    {
        var lived = true;
        return LoopAsync("whoever waits for signs of life", async () =>
        {
            if (await life.RunAsync(ct) is { } found)
            {
                if (found.Lives && !lived)
                {
                    Log.LifeBack(log, found.Reason);
                }
                else if (!found.Lives && lived)
                {
                    Log.LifeWithheld(log, found.Reason);
                }

                lived = found.Lives;
            }

            return BetweenLife;
        }, ct);
    }

    private async Task LoopAsync(string what, Func<Task<TimeSpan>> once, CancellationToken ct)
    {
        var failing = false;
        while (!ct.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                pause = await once();
                failing = false;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
            {
                if (!failing)
                {
                    Log.SendingWaits(log, what, fault.Message);
                }

                failing = true;
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                // One receiver's fault ends neither its own loop nor those of the others.
                if (!failing)
                {
                    Log.SendingFails(log, what, fault);
                }

                failing = true;
            }

            await Task.Delay(pause, clocks.Wall, ct);
        }
    }
}
