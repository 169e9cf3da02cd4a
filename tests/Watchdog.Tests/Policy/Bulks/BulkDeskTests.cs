using System.Globalization;
using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy.Bulks;

public sealed class BulkDeskTests
{
    private static readonly RequestPayload Why = new("a bad rule", "false_positive");
    private static readonly CaseFilter All = new(Open: true);

    [Fact]
    public async Task The_exact_set_is_frozen_shown_and_asked_for_each_case_at_its_version()
    {
        await using var world = await WorldAsync(3);
        var desk = world.Get<BulkDesk>();

        var frozen = await desk.FreezeAsync(RequestKinds.Release, Why, All, "ann", world.Now, default);
        Assert.Equal("Bulk 1: release of 3 cases, each at its version of now. Nothing is asked for before it is started.", frozen.Sentence);
        Assert.All(await desk.ItemsAsync(1, 0, 100, default), item => Assert.Equal(("frozen", false, (long?)null), (item.State, item.Moved, item.Request)));
        await world.SettleAsync();
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from request"));
        await world.Database.ExecuteAsync("update case_file set version = version + 1 where id = 2");
        await world.AddCaseAsync("i-late", owner: "late");
        Assert.Equal([false, true, false], (await desk.ItemsAsync(1, 0, 100, default)).Select(item => item.Moved));

        Assert.Equal(AskedAs.Recorded, (await desk.StartAsync(1, "ann", null, world.Now, default)).As);
        Assert.Equal(AskedAs.Again, (await desk.StartAsync(1, "ann", null, world.Now, default)).As);
        Assert.Equal(3, (await desk.FindAsync(1, default))!.Counts["open"]);
        await world.RunAsync();
        Assert.False((await desk.FindAsync(1, default))!.HasEnded);

        world.Clock.Advance(TimeSpan.FromSeconds(15));
        await world.SettleAsync();

        var (bulk, items) = ((await desk.FindAsync(1, default))!, await desk.ItemsAsync(1, 0, 100, default));
        Assert.Equal((true, 2, 1), (bulk.HasEnded, bulk.Counts["done"], bulk.Counts["refused"]));
        Assert.Equal(["done", "refused", "done"], items.Select(item => item.State));
        Assert.Contains("changed since you saw it", items[1].Outcome, StringComparison.Ordinal);
        Assert.Equal(CaseStates.Open, (await world.ShowAsync(4)).Case.State);
        Assert.Equal(["false_positive"], (await world.ShowAsync(1)).Rulings.Select(ruling => ruling.Ruling));
        Assert.Contains((await world.ShowAsync(1)).Audit, line => line.What == "request.done" && line.DataJson.Contains("\"bulk\": 1", StringComparison.Ordinal));
        Assert.Equal("bulk.frozen ann,bulk.started ann", await world.Database.ScalarAsync<string>("select string_agg(what || ' ' || actor, ',' order by id) from audit where subject = 'bulk:1'"));
    }

    [Fact]
    public async Task Within_the_window_all_of_it_is_taken_back()
    {
        await using var world = await WorldAsync(3);
        var desk = world.Get<BulkDesk>();
        await StartAsync(world, All);
        world.Clock.Advance(TimeSpan.FromSeconds(14));
        await world.RunAsync();

        var undone = await desk.UndoAsync(1, "bob", world.Now, default);

        Assert.Equal((AskedAs.Recorded, "Bulk 1: 3 of 3 requests are taken back."), (undone.As, undone.Sentence));
        Assert.Equal((AskedAs.Again, "bob has undone bulk 1 already."), await desk.UndoAsync(1, "ann", world.Now, default) is var again ? (again.As, again.Sentence) : default);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.SettleAsync();
        Assert.All(await desk.ItemsAsync(1, 0, 100, default), item => Assert.Equal(("withdrawn", "bob took it back before anything was done."), (item.State, item.Outcome)));
        Assert.Equal(3, await world.Database.ScalarAsync<long>("select count(*) from case_file where state = 'open'"));
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from audit where what = 'bulk.undone' and actor = 'bob'"));
        Assert.False((await desk.FindAsync(1, default))!.CanUndo);
    }

    [Fact]
    public async Task After_the_window_nothing_is_left_to_take_back_and_the_answer_says_so()
    {
        await using var world = await WorldAsync(2);
        var desk = world.Get<BulkDesk>();
        await desk.FreezeAsync(RequestKinds.Release, Why, All, "ann", world.Now, default);
        Assert.Equal("Bulk 1 was never started: there is nothing to undo.", (await desk.UndoAsync(1, "ann", world.Now, default)).Sentence);
        await desk.StartAsync(1, "ann", null, world.Now, default);
        world.Clock.Advance(TimeSpan.FromSeconds(15));
        await world.SettleAsync();

        var late = await desk.UndoAsync(1, "ann", world.Now, default);

        Assert.Equal((AskedAs.Conflict, "It is too late to undo bulk 1: every request of it has been taken. Look at each case's outcome."), (late.As, late.Sentence));
        Assert.Equal(AskedAs.Unknown, (await desk.UndoAsync(9, "ann", world.Now, default)).As);
    }

    [Fact]
    public async Task Undone_while_the_actuator_takes_it_each_case_is_either_released_or_taken_back()
    {
        await using var world = await WorldAsync(40);
        var desk = world.Get<BulkDesk>();
        await StartAsync(world, All, typed: 40);
        world.Clock.Advance(TimeSpan.FromSeconds(15));

        var running = Task.Run(() => world.RunAsync());
        while (!running.IsCompleted && (await desk.FindAsync(1, default))!.Counts.GetValueOrDefault("done") < 5)
        {
            await Task.Yield();
        }

        var undone = await desk.UndoAsync(1, "ann", world.Now, default);
        await running;
        await world.SettleAsync();

        var (bulk, items) = ((await desk.FindAsync(1, default))!, await desk.ItemsAsync(1, 0, 100, default));
        Assert.Equal(40, bulk.Counts.GetValueOrDefault("done") + bulk.Counts.GetValueOrDefault("withdrawn"));
        Assert.All(items, item => Assert.Equal(item.State == "done" ? CaseStates.Released : CaseStates.Open, item.CaseState));
        Assert.Equal(undone.As == AskedAs.Recorded, bulk.Counts.ContainsKey("withdrawn"));
    }

    [Fact]
    public async Task Above_twenty_five_the_count_is_typed_and_only_who_froze_it_starts_it()
    {
        await using var world = await WorldAsync(26);
        var desk = world.Get<BulkDesk>();
        await desk.FreezeAsync(RequestKinds.Confirm, new("right"), All, "ann", world.Now, default);

        Assert.Equal("Bulk 1 is of 26 cases: type 26 to start it.", (await desk.StartAsync(1, "ann", null, world.Now, default)).Sentence);
        Assert.Equal("Bulk 1 is of 26 cases: type 26 to start it, not 25.", (await desk.StartAsync(1, "ann", 25, world.Now, default)).Sentence);
        var other = await desk.StartAsync(1, "bob", 26, world.Now, default);
        Assert.Equal((AskedAs.Conflict, "ann froze bulk 1: freeze a set of your own and look at it."), (other.As, other.Sentence));
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from request"));
        Assert.Equal(AskedAs.Recorded, (await desk.StartAsync(1, "ann", 26, world.Now, default)).As);
    }

    [Fact]
    public async Task Started_twice_at_once_it_is_asked_for_once()
    {
        await using var world = await WorldAsync(5);
        var desk = world.Get<BulkDesk>();
        await desk.FreezeAsync(RequestKinds.Release, Why, All, "ann", world.Now, default);

        var started = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => desk.StartAsync(1, "ann", 5, world.Now, default)));

        Assert.Single(started, one => one.As == AskedAs.Recorded);
        Assert.Equal(5, started.Count(one => one.As == AskedAs.Again));
        Assert.Equal(5, await world.Database.ScalarAsync<long>("select count(*) from request"));
    }

    [Fact]
    public async Task Killed_before_its_commit_nothing_was_asked_for_and_it_can_be_started_again()
    {
        await using var world = await WorldAsync(3);
        var desk = world.Get<BulkDesk>();
        await desk.FreezeAsync(RequestKinds.Release, Why, All, "ann", world.Now, default);
        await world.Database.ExecuteAsync("alter table audit rename to audit_away");
        await Assert.ThrowsAsync<PostgresException>(() => desk.StartAsync(1, "ann", null, world.Now, default));
        await world.Database.ExecuteAsync("alter table audit_away rename to audit");

        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from request"));
        Assert.Equal(3, (await desk.FindAsync(1, default))!.Counts["frozen"]);
        Assert.Equal(AskedAs.Recorded, (await desk.StartAsync(1, "ann", null, world.Now, default)).As);
    }

    [Fact]
    public async Task It_gives_way_to_whoever_holds_a_case_and_starts_afterwards()
    {
        await using var world = await WorldAsync(3);
        var desk = world.Get<BulkDesk>();
        await desk.FreezeAsync(RequestKinds.Release, Why, All, "ann", world.Now, default);
        await using var connection = await world.Database.Source.OpenConnectionAsync();
        var holder = await connection.BeginTransactionAsync();
        await CaseWriter.LockAsync(connection, holder, 3, default);

        var starting = desk.StartAsync(1, "ann", null, world.Now, default);
        // The other way round: it would stand in a circle with a start that kept what it has.
        await CaseWriter.LockAsync(connection, holder, 1, default);
        await holder.CommitAsync();

        Assert.Equal(AskedAs.Recorded, (await starting).As);
    }

    [Fact]
    public async Task Nothing_and_too_much_are_told_and_leave_no_bulk()
    {
        await using var world = await World.CreateAsync();
        var desk = world.Get<BulkDesk>();
        Assert.Equal((AskedAs.Wrong, "No case matches: nothing was frozen."), await desk.FreezeAsync(RequestKinds.Release, Why, All, "ann", world.Now, default) is var none ? (none.As, none.Sentence) : default);
        await ManyAsync(world, 10_001);
        Assert.Equal("More than 10,000 cases match: narrow the set.", (await desk.FreezeAsync(RequestKinds.Release, Why, All, "ann", world.Now, default)).Sentence);
        Assert.Equal("A ruling says which: one of true_positive, benign_positive, false_positive, duplicate, indeterminate.",
            (await desk.FreezeAsync(RequestKinds.Rule, new("r"), All, "ann", world.Now, default)).Sentence);
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from bulk"));
    }

    [Fact]
    public async Task Ten_thousand_are_asked_for_whole_and_taken_by_and_by_behind_what_is_asked_alone()
    {
        await using var world = await World.CreateAsync();
        await ManyAsync(world, 10_000);
        var desk = world.Get<BulkDesk>();
        await desk.FreezeAsync(RequestKinds.Rule, new("one wave", "duplicate"), All, "ann", world.Now, default);
        await desk.StartAsync(1, "ann", 10_000, world.Now, default);
        world.Clock.Advance(TimeSpan.FromSeconds(15));
        var alone = await world.Get<RequestInbox>().AskAsync(null, RequestKinds.Rule, "bob", 9_999, null, new("mine", "indeterminate"), world.Now, default);

        await world.RunAsync();

        Assert.Equal("done", (await world.Get<RequestInbox>().FindAsync(alone.Id!.Value, default))!.State);
        var bulk = (await desk.FindAsync(1, default))!;
        Assert.Equal((249, 9_751), (bulk.Counts["done"], bulk.Counts["open"]));
        var undone = await desk.UndoAsync(1, "ann", world.Now, default);
        Assert.Equal("Bulk 1: 9751 of 10000 requests are taken back; 249 had been taken before.", undone.Sentence);
    }

    [Fact]
    public async Task A_filter_freezes_what_it_says_and_ids_freeze_those()
    {
        await using var world = await WorldAsync(4);
        await world.Database.ExecuteAsync("update case_file set assignee = 'carol' where id = 2");
        await world.Database.ExecuteAsync("insert into ruling (case_id, at, ruling, actor, reason) values (3, $1, 'duplicate', 'ann', 'r')", world.Now);
        await world.Database.ExecuteAsync("update case_file set rule_version = '9.9+x' where id = 4");

        foreach (var (filter, cases) in ((CaseFilter, long[])[])[
            (All with { Assignee = "carol" }, [2]), (All with { Assignee = "" }, [1, 3, 4]), (All with { Ruling = "duplicate" }, [3]), (All with { Ruling = "" }, [1, 2, 4]),
            (All with { Rule = "9.9", RuleSince = world.Now.AddDays(-1) }, [4]), (All with { Ids = [1, 4, 99] }, [1, 4]), (All with { Owner = "owner-2" }, [2]),
            (All with { Scope = world.Scope.Id, Headline = "miner", Before = world.Now.AddMinutes(1) }, [1, 2, 3, 4])])
        {
            var bulk = (await world.Get<BulkDesk>().FreezeAsync(RequestKinds.Release, Why, filter, "ann", world.Now, default)).Id!.Value;
            Assert.Equal(cases, (await world.Get<BulkDesk>().ItemsAsync(bulk, 0, 100, default)).Select(item => item.CaseId));
        }
    }

    private static async Task StartAsync(World world, CaseFilter filter, int? typed = null)
    {
        var desk = world.Get<BulkDesk>();
        await desk.FreezeAsync(RequestKinds.Release, Why, filter, "ann", world.Now, default);
        Assert.Equal(AskedAs.Recorded, (await desk.StartAsync(1, "ann", typed, world.Now, default)).As);
    }

    private static async Task<World> WorldAsync(int cases)
    {
        var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        for (var n = 1; n <= cases; n++)
        {
            await world.AddCaseAsync(string.Create(CultureInfo.InvariantCulture, $"i-{n}"), owner: string.Create(CultureInfo.InvariantCulture, $"owner-{n}"));
        }

        return world;
    }

    private static Task<int> ManyAsync(World world, int cases) => world.Database.ExecuteAsync(
        """
        insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version)
        select 'i-case-' || n, $1, 'owner-' || n, 'miner', $2, 'open', 0.99, 'r', '1' from generate_series(1, $3) n
        """, world.Scope.Id, world.Now, cases);
}
