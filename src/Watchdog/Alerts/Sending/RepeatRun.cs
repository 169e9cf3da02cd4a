using Npgsql;
using Watchdog.Alerts.Receivers;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Sending;

/// <summary>Tells receivers that forget again what stands: each minute what is open, and for five what is over.</summary>
public sealed class RepeatRun(NpgsqlDataSource database, Clocks clocks)
{
    /// <summary>Between two rounds.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private const int AtOnce = 8;
    private static readonly TimeSpan OverFor = TimeSpan.FromMinutes(5);

    /// <summary>Tells one receiver, if it is this worker's turn; what fails is told in the next round.</summary>
    /// <returns>How many alerts stood, and how many of them were not taken.</returns>
    public async Task<(int Told, int Failed)> RunAsync(IReceiver receiver, CancellationToken ct)
    {
        var standing = await OutboxStanding.DueAsync(database, AlertChannels.Prefix + receiver.Name, clocks.Wall.GetUtcNow(), Period, OverFor, ct);
        // Through the channel: one that cannot be read is one that fails, and keeps none of the others from being told.
        var channel = AlertChannels.Of(receiver.Name, receiver, null);
        var failed = 0;
        await Parallel.ForEachAsync(standing, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (message, cancel) =>
        {
            var answer = await channel.SendAsync(message, message.Traceparent, cancel);
            if (answer.Status is < 200 or >= 300)
            {
                Interlocked.Increment(ref failed);
            }
        });
        return (standing.Count, failed);
    }
}
