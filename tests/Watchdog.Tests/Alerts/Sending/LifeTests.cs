using Watchdog.Alerts.Sending;
using Watchdog.Diagnostics;
using Watchdog.Storage;
using Watchdog.Testing;
using Watchdog.Tests.Alerts.Receivers;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Alerts.Sending;

public sealed class LifeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly LifeFacts Well = new(Now.AddMinutes(-1), 64, Now.AddMinutes(-2), 300, 290, null, null, Now.AddSeconds(-2), "alerts:x", Now.AddSeconds(-40));

    [Fact]
    public void Watchdog_lives_while_it_lists_judges_and_gets_its_messages_out() => Assert.Equal(
        (true, "listed 60 s ago, every shard swept within 120 s, 290 of 300 VMs judged, messages get out"), LifeRules.Decide(Well, Now));

    [Fact]
    public void Whatever_of_it_stands_still_withholds_the_sign_and_is_named()
    {
        Assert.Equal("no scope was ever listed", Withheld(Well with { ListedAt = null }));
        Assert.Equal("no scope was listed for 660 s", Withheld(Well with { ListedAt = Now.AddMinutes(-11) }));
        Assert.Equal("not all of 64 shards were ever swept", Withheld(Well with { SweptAt = null }));
        Assert.Equal("a shard was not swept for 660 s", Withheld(Well with { SweptAt = Now.AddMinutes(-11) }));
        Assert.Equal("none of 300 VMs could be judged", Withheld(Well with { Judged = 0 }));
        Assert.Equal("the event log was never read for incidents", Withheld(Well with { ReadAt = null }));
        Assert.Equal("the event log was not read for incidents for 660 s", Withheld(Well with { ReadAt = Now.AddMinutes(-11) }));
        Assert.Equal("messages to alerts:x were never asked for", Withheld(Well with { AskedAt = null }));
        Assert.Equal("messages to alerts:x were last asked for 660 s ago", Withheld(Well with { AskedAt = Now.AddMinutes(-11) }));
        Assert.Equal("a message has waited for 960 s", Withheld(Well with { WaitingSince = Now.AddMinutes(-16) }));
        Assert.Equal("alerts:x takes no messages any more", Withheld(Well with { ClosedChannel = "alerts:x" }));
        Assert.True(LifeRules.Decide(Well with { Seen = 0, Judged = 0, WaitingSince = Now.AddMinutes(-14), Neglected = null, AskedAt = null }, Now).Lives);
    }

    [Fact]
    public async Task A_sign_a_minute_goes_through_the_outbox_only_while_watchdog_lives()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var standIn = await StandIn.OpenAsync("ping");
        var clock = new ManualTime(Now);
        var clocks = new Clocks(clock, clock);
        await using var pager = await StandIn.OpenAsync("pagerduty");
        using var rig = Rig.Of(clocks, ("switch", "ping", standIn.Url.ToString()), ("pager", "pagerduty", pager.Url.ToString()));
        var life = new LifeRun(database.Source, rig.Catalog, clocks);
        var drain = new OutboxDrain(database.Source, Node.Create(), clocks);

        Assert.Equal((false, "no scope was ever listed"), await life.RunAsync(default));
        await drain.RunAsync(rig.Channel("switch"), default);
        Assert.Empty(standIn.Got);

        await database.ExecuteAsync("insert into lease (name, epoch, owner, taken_at, done_at) select 'shard:' || n, 1, 'w', $1, $1 from generate_series(0, 63) n", Now);
        await database.ExecuteAsync("insert into lease (name, epoch, owner, taken_at, done_at) values ('inventory:1', 1, 'w', $1, $1)", Now);
        Assert.Equal((false, "the event log was never read for incidents"), await life.RunAsync(default));
        await using (var connection = await database.Source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await EventCursor.ReadAsync(connection, transaction, "alerts", 1, Now, default);
            await transaction.CommitAsync();
        }

        Assert.Equal((false, "messages to alerts:pager were never asked for"), await life.RunAsync(default));
        await OutboxTable.OpenAsync(database.Source, "alerts:pager", default);
        await drain.RunAsync(rig.Channel("pager"), default);
        // Two workers, several times a minute.
        for (var i = 0; i < 4; i++)
        {
            Assert.True((await life.RunAsync(default))!.Value.Lives);
            await drain.RunAsync(rig.Channel("switch"), default);
        }

        Assert.Single(standIn.Got);
        Assert.StartsWith("listed 0 s ago", standIn.Got.Single(), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(1));
        await life.RunAsync(default);
        // Nobody could send it for long: it says nothing any more.
        clock.Advance(TimeSpan.FromMinutes(20));
        Assert.False((await life.RunAsync(default))!.Value.Lives);
        await drain.RunAsync(rig.Channel("switch"), default);
        Assert.Single(standIn.Got);
    }

    private static string Withheld(LifeFacts facts)
    {
        var (lives, reason) = LifeRules.Decide(facts, Now);
        Assert.False(lives);
        return reason;
    }
}
