using Watchdog.Storage;
using Watchdog.Storage.Nodes;
using Watchdog.Testing;

namespace Watchdog.Tests.Storage.Nodes;

public class NodeBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(4, 0.2, NodeState.Alive, "at work")]
    [InlineData(4, -2.5, NodeState.Alive, "its clock is 2.5 s behind the database server's: set it by NTP")]
    [InlineData(15, 2.5, NodeState.Late, "silent for 15 s")]
    [InlineData(60, 0, NodeState.Gone, "silent for 60 s")]
    public void A_worker_is_alive_late_or_gone_by_its_silence_and_a_wrong_clock_is_told(int silent, double skew, NodeState state, string reason) =>
        Assert.Equal((state, reason), NodeRules.Judge(Line("a", skew) with { SeenAt = Start }, Start + TimeSpan.FromSeconds(silent)));

    [Fact]
    public void Who_said_good_bye_is_gone_at_once() =>
        Assert.Equal((NodeState.Gone, "stopped"), NodeRules.Judge(Line("a", 0) with { SeenAt = Start, StoppedAt = Start }, Start));

    [Fact]
    public async Task Each_worker_is_shown_with_what_it_holds_by_the_servers_clock_and_forgotten_after_a_day()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new ManualTime(Start);
        var book = new NodeBook(database.Source, new DatabaseClock(_ => Task.FromResult(clock.GetUtcNow()), new SkewedTime(clock, TimeSpan.FromHours(3))));
        await book.BeatAsync(Line("a", 3.25), default);
        await book.BeatAsync(Line("b", 0), default);
        await Leases.TakeAsync(database.Source, ["shard:1", "shard:2", "slo"], "a", Start, default);
        clock.Advance(TimeSpan.FromSeconds(20));
        await book.BeatAsync(Line("a", 0.5) with { Jobs = 7, Leased = 900 }, default);

        var nodes = await book.ReadAsync(default);
        Assert.Equal([("a", NodeState.Alive, 2L, 1L), ("b", NodeState.Late, 0L, 0L)], nodes.Select(one => (one.Node.Name, one.State, one.Node.Shards, one.Node.Leases)));
        Assert.Equal((7, 900L, TimeSpan.FromSeconds(0.5), Start.AddSeconds(20)), (nodes[0].Node.Jobs, nodes[0].Node.Leased, nodes[0].Node.Skew, nodes[0].Node.SeenAt));

        clock.Advance(TimeSpan.FromDays(1));
        await book.BeatAsync(Line("c", 0), default);
        Assert.Equal(["a", "c"], (await book.ReadAsync(default)).Select(one => one.Node.Name));
    }

    [Fact]
    public async Task Skew_is_this_walls_lead_over_the_servers()
    {
        var truth = new ManualTime(Start);
        var clock = new DatabaseClock(_ => Task.FromResult(truth.GetUtcNow()), new SkewedTime(truth, TimeSpan.FromSeconds(-4)));
        Assert.Equal(TimeSpan.FromSeconds(-4), await clock.SkewAsync(default));
        Assert.Equal(Start, await clock.NowAsync(default));
    }

    private static NodeLine Line(string name, double skew) =>
        new(name, "host", 1, Start, "0.1.0", 16, default, null, TimeSpan.FromSeconds(skew), 0, 0, 0, 0);
}
