using Watchdog.Diagnostics;
using Watchdog.Storage;
using Watchdog.Testing;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Webhooks;

public sealed class OutboxClaimsTests
{
    private const string Channel = "alerts:one";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset T0 = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_claim_keeps_others_off_until_it_lapses_and_a_late_failure_of_its_holder_is_not_written()
    {
        await using var database = await OpenAsync(("a", "page"));
        var first = Assert.Single(await TakeAsync(database, "w1", T0));
        Assert.Empty(await TakeAsync(database, "w2", T0.AddSeconds(29)));
        var second = Assert.Single(await TakeAsync(database, "w2", T0.AddSeconds(30)));
        Assert.False(await NoteAsync(database, first, "w1", 500, Delivery.Again, T0.AddSeconds(31)));
        Assert.True(await NoteAsync(database, second, "w2", 500, Delivery.Again, T0.AddSeconds(32)));
        Assert.Empty(await TakeAsync(database, "w1", T0.AddSeconds(36)));
        var third = Assert.Single(await TakeAsync(database, "w1", T0.AddSeconds(37)));
        Assert.Equal(1, third.Attempts);
        // What was taken is taken, whoever says so.
        Assert.True(await NoteAsync(database, second, "w2", 202, Delivery.Sent, T0.AddSeconds(38)));
        Assert.Equal("sent", await database.ScalarAsync<string>("select state from outbox"));
    }

    [Fact]
    public async Task Of_a_subject_the_oldest_goes_first_and_waits_for_its_retry_with_all_behind_it()
    {
        await using var database = await OpenAsync(("a", "page"), ("a", "resolve"), ("b", "page"));
        var taken = await TakeAsync(database, "w1", T0);
        Assert.Equal(["a page", "b page"], taken.Select(Told));
        await NoteAsync(database, taken[0], "w1", 500, Delivery.Again, T0);
        Assert.Empty(await TakeAsync(database, "w2", T0.AddSeconds(4)));
        var again = Assert.Single(await TakeAsync(database, "w2", T0.AddSeconds(5)));
        await NoteAsync(database, again, "w2", 202, Delivery.Sent, T0.AddSeconds(5));
        Assert.Equal(["a resolve"], (await TakeAsync(database, "w2", T0.AddSeconds(5))).Select(Told));
    }

    [Fact]
    public async Task Updates_that_a_later_message_makes_pointless_are_set_aside_and_pages_and_resolves_never()
    {
        await using var database = await OpenAsync(("a", "page"), ("a", "update"), ("a", "update"), ("a", "page"), ("a", "update"), ("a", "resolve"), ("b", "update"), ("c", "beat"), ("c", "beat"));
        List<string> sent = [];
        for (IReadOnlyList<OutboxMessage> taken; (taken = await TakeAsync(database, "w", T0)).Count > 0;)
        {
            foreach (var one in taken)
            {
                sent.Add(Told(one));
                await NoteAsync(database, one, "w", 202, Delivery.Sent, T0);
            }
        }

        Assert.Equal(["a page", "a page", "a resolve"], sent.Where(one => one[0] == 'a'));
        Assert.Equal(["b update", "c beat"], sent.Where(one => one[0] != 'a').Order(StringComparer.Ordinal));
        Assert.Equal(4, await database.ScalarAsync<long>("select count(*) from outbox where state = 'superseded' and done_at is not null"));
    }

    [Fact]
    public async Task An_update_in_flight_is_not_set_aside()
    {
        await using var database = await OpenAsync(("a", "update"));
        var update = Assert.Single(await TakeAsync(database, "w1", T0));
        await AddAsync(database, 2, "a", "update");
        Assert.Empty(await TakeAsync(database, "w2", T0.AddSeconds(1)));
        Assert.True(await NoteAsync(database, update, "w1", 202, Delivery.Sent, T0.AddSeconds(1)));
    }

    [Fact]
    public async Task A_clock_that_steps_back_holds_nothing_up()
    {
        await using var database = await OpenAsync(("a", "page"), ("b", "page"));
        var taken = await TakeAsync(database, "w1", T0);
        await NoteAsync(database, taken[0], "w1", 500, Delivery.Again, T0);
        // The claim on b and the retry of a lie two days ahead now.
        Assert.Equal(["a page", "b page"], (await TakeAsync(database, "w2", T0.AddDays(-2))).Select(Told).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Workers_at_once_take_each_message_once()
    {
        await using var database = await OpenAsync([.. Enumerable.Range(0, 60).Select(i => ($"s{i}", "page"))]);
        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(async worker =>
        {
            List<long> mine = [];
            for (IReadOnlyList<OutboxMessage> some; (some = await TakeAsync(database, $"w{worker}", T0)).Count > 0;)
            {
                mine.AddRange(some.Select(one => one.Id));
            }

            return mine;
        }));
        var all = taken.SelectMany(mine => mine).ToList();
        // One that was locked at the instant of asking is taken by whoever asks next.
        while ((await TakeAsync(database, "w", T0)) is { Count: > 0 } rest)
        {
            all.AddRange(rest.Select(one => one.Id));
        }

        Assert.Equal(60, all.Count);
        Assert.Equal(60, all.Distinct().Count());
    }

    [Fact]
    public async Task A_replayed_message_brings_along_what_followed_it()
    {
        await using var database = await OpenAsync(("a", "page"), ("a", "resolve"), ("b", "page"));
        await database.ExecuteAsync("update outbox set state = case id when 1 then 'dead' else 'sent' end, attempts = 3");
        Assert.Equal(2, await OutboxTable.ReplayAsync(database.Source, Channel, null, "ann", T0, default));
        Assert.Equal(["a page"], (await TakeAsync(database, "w", T0)).Select(Told));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from outbox where subject = 'b' and state = 'sent'"));
    }

    [Fact]
    public async Task A_receiver_that_throttles_is_left_alone_for_as_long_as_it_asks()
    {
        await using var database = await OpenAsync([.. Enumerable.Range(0, 20).Select(i => ($"s{i}", "page"))]);
        var clock = new ManualTime(T0);
        var attempts = 0;
        var channel = new OutboxChannel(Channel, Lease, (_, _, _) =>
        {
            attempts++;
            return Task.FromResult(new WebhookAnswer(429, TimeSpan.FromSeconds(90), "HTTP 429"));
        }, DeliveryRules.Next);
        var drained = await new OutboxDrain(database.Source, Node.Create(), new Clocks(clock, clock)).RunAsync(channel, default);
        Assert.Equal((8, 8, TimeSpan.FromSeconds(90)), (drained.Attempts, attempts, drained.Rest));
    }

    [Fact]
    public async Task A_worker_that_is_told_to_end_gives_its_claims_back()
    {
        await using var database = await OpenAsync(("a", "page"));
        using var end = new CancellationTokenSource();
        var channel = new OutboxChannel(Channel, Lease, async (_, _, ct) =>
        {
            await end.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            return new WebhookAnswer(200, null, "");
        }, DeliveryRules.Next);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new OutboxDrain(database.Source, Node.Create(), Clocks.Real).RunAsync(channel, end.Token));
        Assert.Single(await TakeAsync(database, "w", TimeProvider.System.GetUtcNow()));
    }

    private static string Told(OutboxMessage message) => $"{message.Subject} {message.Kind}";

    private static Task<IReadOnlyList<OutboxMessage>> TakeAsync(TestDatabase database, string worker, DateTimeOffset now) =>
        OutboxClaims.TakeAsync(database.Source, Channel, worker, now, Lease, 8, default);

    private static Task<bool> NoteAsync(TestDatabase database, OutboxMessage message, string worker, int status, Delivery next, DateTimeOffset at) =>
        OutboxClaims.NoteAsync(database.Source, message, worker, new(status, null, $"HTTP {status}"), next, TimeSpan.FromSeconds(5), null, at, default);

    private static async Task<TestDatabase> OpenAsync(params (string Subject, string Kind)[] messages)
    {
        var database = await TestDatabase.CreateAsync();
        foreach (var (number, (subject, kind)) in messages.Index())
        {
            await AddAsync(database, number + 1, subject, kind);
        }

        return database;
    }

    private static Task<int> AddAsync(TestDatabase database, int number, string subject, string kind) => database.ExecuteAsync(
        "insert into outbox (channel, message_id, subject, kind, body, created_at, due_at) values ($1, $2, $3, $4, '{}', $5, $5)", Channel, $"m{number}", subject, kind, T0);
}
