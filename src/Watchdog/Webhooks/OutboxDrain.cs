using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Storage;

namespace Watchdog.Webhooks;

/// <summary>What a run of the drain did.</summary>
/// <param name="Attempts">Messages that were dealt with.</param>
/// <param name="Rest">How long the receiver, which throttles, is to be left alone; zero: not at all.</param>
public sealed record Drained(int Attempts, TimeSpan Rest);

/// <summary>Sends what waits in a channel; every worker may at the same time.</summary>
public sealed class OutboxDrain(NpgsqlDataSource database, Node node, Clocks clocks)
{
    private const int MostARun = 100;
    private const int Parallel = 8;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    /// <summary>Sends what is due; several subjects at a time, of each one message after the other. Ends early where the receiver throttles.</summary>
    public async Task<Drained> RunAsync(OutboxChannel channel, CancellationToken ct)
    {
        var attempts = 0;
        while (attempts < MostARun)
        {
            var taken = await OutboxClaims.TakeAsync(database, channel.Name, node.Name, clocks.Wall.GetUtcNow(), channel.Timeout + Margin, Parallel, ct);
            if (taken.Count == 0)
            {
                break;
            }

            TimeSpan[] rests;
            try
            {
                rests = await Task.WhenAll(taken.Select(message => SendAsync(channel, message, ct)));
            }
            catch (OperationCanceledException)
            {
                await OutboxClaims.ReleaseAsync(database, channel.Name, node.Name, CancellationToken.None);
                throw;
            }

            attempts += taken.Count;
            if (rests.Max() is { Ticks: > 0 } rest)
            {
                return new(attempts, rest < LongestRest ? rest : LongestRest);
            }
        }

        return new(attempts, TimeSpan.Zero);
    }

    private async Task<TimeSpan> SendAsync(OutboxChannel channel, OutboxMessage message, CancellationToken ct)
    {
        if (!channel.Takes(message))
        {
            MessageMeters.SetAside(channel.Name, 1);
            await OutboxClaims.NoteAsync(
                database, message, node.Name, new(0, null, "this receiver is not told of such messages"), Delivery.LeftOut, TimeSpan.Zero, null, clocks.Wall.GetUtcNow(), ct);
            return TimeSpan.Zero;
        }

        using var span = Spans.Root($"send {channel.Name}", message.Traceparent);
        // Where nobody traces the sending, the receiver is told what the message follows from.
        var answer = await AnswerAsync(channel, message, span?.Id ?? message.Traceparent, ct);
        var (next, wait) = channel.After(answer, message.Attempts + 1, Random.Shared.NextDouble());
        MessageMeters.Attempted(channel.Name, next.ToString().ToLowerInvariant(), answer.Status);
        var standing = next == Delivery.Sent ? channel.Standing(message) : null;
        await OutboxClaims.NoteAsync(database, message, node.Name, answer, next, wait, standing, clocks.Wall.GetUtcNow(), ct);
        return answer.Status == 429 && next == Delivery.Again ? wait : TimeSpan.Zero;
    }

    // A fault of the program at one message goes up the ladder of retries like any other, and holds up none of those beside it. Its text may repeat a secret.
    private static async Task<WebhookAnswer> AnswerAsync(OutboxChannel channel, OutboxMessage message, string? traceparent, CancellationToken ct)
    {
        try
        {
            return await channel.SendAsync(message, traceparent, ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            return new(0, null, $"the attempt failed in itself: {fault.GetType().Name}");
        }
    }
}
