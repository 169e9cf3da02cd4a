using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Instruments;

namespace Watchdog.Webhooks;

/// <summary>Sends what waits in a channel.</summary>
public sealed class OutboxDrain(NpgsqlDataSource database, WebhookSender sender, Clocks clocks)
{
    private const int MostASend = 100;
    private const int Parallel = 8;

    /// <summary>Sends what is due once; several subjects at a time, of each one message.</summary>
    /// <param name="guard">The connection that holds the channel's lock, so that one worker sends at a time.</param>
    /// <returns>How many attempts were made.</returns>
    public async Task<int> RunAsync(NpgsqlConnection guard, string channel, WebhookTarget target, CancellationToken ct)
    {
        var due = await OutboxTable.DueAsync(guard, channel, clocks.Wall.GetUtcNow(), MostASend, ct);
        await System.Threading.Tasks.Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = ct }, async (message, cancel) =>
        {
            using var span = Spans.Root($"send {channel}", message.Traceparent);
            // Where nobody traces the sending, the receiver is told what the message follows from.
            var answer = await sender.SendAsync(span?.Id ?? message.Traceparent, target, message.MessageId, message.Body, clocks.Wall.GetUtcNow(), cancel);
            var (next, wait) = DeliveryRules.Next(answer, message.Attempts + 1, Random.Shared.NextDouble());
            MessageMeters.Attempted(channel, next.ToString().ToLowerInvariant(), answer.Status);
            await OutboxTable.NoteAsync(database, channel, message, answer, next, wait, clocks.Wall.GetUtcNow(), cancel);
        });
        return due.Count;
    }
}
