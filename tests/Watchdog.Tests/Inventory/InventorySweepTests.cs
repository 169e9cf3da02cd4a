using Watchdog.Inventory;
using Watchdog.Storage;
using static Watchdog.Tests.Inventory.Fleet;

namespace Watchdog.Tests.Inventory;

public class InventorySweepTests
{
    private const string Transitions =
        "select substr(instance_id, 19) || ':' || coalesce(from_state, '-') || '>' || to_state || '@' || extract(epoch from at - '2026-03-02T10:00:00Z')::int "
        + "from vm_transition order by id";

    [Fact]
    public async Task A_first_listing_writes_every_vm_and_its_state_with_since_when()
    {
        await using var fleet = await CreateAsync();
        fleet.List(
            Vm(1, launched: Start.AddMinutes(-10), tags: [("watchdog:owner", "ann"), ("plan", "pro"), ("aws:autoscaling:groupName", "g")]),
            Vm(2, "stopped", "User initiated (2026-03-02 09:00:00 GMT)"));

        var outcome = await fleet.SweepAsync(0);

        Assert.Equal(new InventoryOutcome(true, 2, 2, 2, null), outcome);
        Assert.Equal("1:->running@-600 2:->stopped@-3600", await fleet.RowsAsync(Transitions));
        Assert.Equal("ann|pro|g unknown|null|null", await fleet.RowsAsync(
            "select owner || '|' || coalesce(plan, 'null') || '|' || coalesce(autoscaling_group, 'null') from vm order by instance_id"));
        Assert.Equal(0, await fleet.Database.ScalarAsync<long>("select count(*) from event"));
    }

    [Fact]
    public async Task An_unchanged_fleet_is_not_written_again()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1, tags: [("a", "1"), ("b", "2")]), Vm(2));
        await fleet.SweepAsync(0);
        fleet.List(Vm(2), Vm(1, tags: [("b", "2"), ("a", "1")]));

        var outcome = await fleet.SweepAsync(1);

        Assert.Equal(0, outcome.Changed);
        Assert.Equal(Start, await fleet.Database.ScalarAsync<DateTime>("select max(changed_at) from vm"));
    }

    [Fact]
    public async Task A_state_change_is_a_transition_an_event_and_a_row()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1));
        await fleet.SweepAsync(0);
        fleet.List(Vm(1, "stopping", "User initiated (2026-03-02 10:00:30 GMT)"));
        await fleet.SweepAsync(1);
        fleet.List(Vm(1, "stopped", "User initiated (2026-03-02 10:00:30 GMT)"));
        await fleet.SweepAsync(2);
        fleet.List(Vm(1, "running", launched: Start.AddSeconds(150)));
        await fleet.SweepAsync(3);

        Assert.Equal("1:->running@-172800 1:running>stopping@30 1:stopping>stopped@120 1:stopped>running@150", await fleet.RowsAsync(Transitions));
        Assert.Equal("running>stopping stopping>stopped stopped>running", await fleet.RowsAsync(
            "select (data->>'from') || '>' || (data->>'to') from event where kind = 'vm.transition' order by id"));
        Assert.Equal("running@150", await fleet.RowsAsync("select state || '@' || extract(epoch from state_since - '2026-03-02T10:00:00Z')::int from vm"));
    }

    [Fact]
    public async Task A_changed_tag_changes_the_row_and_not_the_state()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1));
        await fleet.SweepAsync(0);
        fleet.List(Vm(1, tags: [("watchdog:owner", "ann")]));

        var outcome = await fleet.SweepAsync(1);

        Assert.Equal((1, 0), (outcome.Changed, outcome.Transitions));
        Assert.Equal("ann", await fleet.RowsAsync("select owner from vm"));
        Assert.Equal(Start.AddDays(-2), await fleet.Database.ScalarAsync<DateTime>("select state_since from vm"));
    }

    [Fact]
    public async Task A_vm_is_forgotten_ninety_days_after_its_end_and_its_transitions_stay()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1), Vm(2));
        await fleet.SweepAsync(0);
        fleet.List(Vm(2));
        await fleet.SweepAsync(1);
        await fleet.SweepAsync(2);
        await fleet.SweepAsync(90 * 24 * 60);
        Assert.Equal(2, await fleet.Database.ScalarAsync<long>("select count(*) from vm"));

        await fleet.SweepAsync((90 * 24 * 60) + 3);

        Assert.Equal("2", await fleet.RowsAsync("select substr(instance_id, 19) from vm"));
        Assert.Equal(2, await fleet.Database.ScalarAsync<long>("select count(*) from vm_transition where instance_id = '" + Id(1) + "'"));
    }

    [Fact]
    public async Task A_vm_is_gone_only_after_two_complete_listings_without_it_and_may_come_back()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1), Vm(2));
        await fleet.SweepAsync(0);
        fleet.List(Vm(2));
        await fleet.SweepAsync(1);
        Assert.Equal("1", await fleet.RowsAsync("select substr(instance_id, 19) from vm where missing_since is not null and gone_at is null"));
        await fleet.SweepAsync(2);
        Assert.Equal("1:running>gone@60", (await fleet.RowsAsync(Transitions)).Split(' ')[^1]);
        Assert.Equal("running", await fleet.RowsAsync("select state from vm where gone_at is not null"));

        fleet.List(Vm(1), Vm(2));
        await fleet.SweepAsync(3);

        Assert.Equal("1:gone>running@180", (await fleet.RowsAsync(Transitions)).Split(' ')[^1]);
        Assert.Equal(2, await fleet.Database.ScalarAsync<long>("select count(*) from vm where gone_at is null and missing_since is null"));
    }

    [Fact]
    public async Task A_vm_that_slipped_between_two_pages_is_missing_for_one_listing_only()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1), Vm(2));
        await fleet.SweepAsync(0);
        fleet.List(Vm(2));
        await fleet.SweepAsync(1);
        fleet.List(Vm(1), Vm(2));
        await fleet.SweepAsync(2);

        Assert.Equal(2, await fleet.Database.ScalarAsync<long>("select count(*) from vm where gone_at is null and missing_since is null"));
        Assert.Equal(2, await fleet.Database.ScalarAsync<long>("select count(*) from vm_transition"));
    }

    [Fact]
    public async Task A_listing_that_fails_midway_changes_only_the_coverage()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1), Vm(2));
        await fleet.SweepAsync(0);
        fleet.List(Vm(1, "stopped"));
        fleet.Fails = (1, new FleetSourceException("UnauthorizedOperation", "You are not authorized", new InvalidOperationException()));

        var outcome = await fleet.SweepAsync(1);
        await fleet.SweepAsync(2);

        Assert.False(outcome.Seen);
        Assert.Equal("running running", await fleet.RowsAsync("select state from vm"));
        Assert.Equal(0, await fleet.Database.ScalarAsync<long>("select count(*) from vm where missing_since is not null"));
        Assert.Equal("listing failed: UnauthorizedOperation: You are not authorized",
            await fleet.RowsAsync("select detail from scope_coverage where not seen"));
    }

    [Fact]
    public async Task An_empty_listing_of_a_full_fleet_is_believed_only_when_the_next_one_agrees()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1), Vm(2), Vm(3));
        await fleet.SweepAsync(0);
        fleet.List();

        var doubted = await fleet.SweepAsync(1);
        Assert.False(doubted.Seen);
        Assert.Equal(0, await fleet.Database.ScalarAsync<long>("select count(*) from vm where missing_since is not null"));
        Assert.Equal(1, await fleet.Database.ScalarAsync<long>("select count(*) from event where kind = 'inventory.shrunk'"));

        Assert.Equal(0, await fleet.Database.ScalarAsync<long>("select count(*) from event where kind = 'inventory.whole'"));

        Assert.True((await fleet.SweepAsync(2)).Seen);
        Assert.Equal(1, await fleet.Database.ScalarAsync<long>("select count(*) from event where kind = 'inventory.whole'"));
        Assert.Equal(3, await fleet.Database.ScalarAsync<long>("select count(*) from vm where missing_since is not null"));
        Assert.Equal(0, await fleet.Database.ScalarAsync<long>("select count(*) from vm where gone_at is not null"));

        await fleet.SweepAsync(3);
        Assert.Equal(3, await fleet.Database.ScalarAsync<long>("select count(*) from vm where gone_at is not null"));
    }

    [Fact]
    public async Task A_failed_listing_between_two_shrunk_ones_starts_the_doubt_anew()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1), Vm(2), Vm(3));
        await fleet.SweepAsync(0);
        fleet.List();
        await fleet.SweepAsync(1);
        fleet.Fails = (0, new TimeoutException("slow"));
        await fleet.SweepAsync(2);
        fleet.List();

        Assert.False((await fleet.SweepAsync(3)).Seen);
        Assert.Equal(0, await fleet.Database.ScalarAsync<long>("select count(*) from vm where missing_since is not null"));
    }

    [Fact]
    public async Task Of_a_vm_listed_twice_the_last_word_counts()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1), Vm(2));
        await fleet.SweepAsync(0);
        fleet.Pages.Clear();
        fleet.Pages.AddRange([[Vm(1, "stopped"), Vm(2)], [Vm(1)]]);
        var same = await fleet.SweepAsync(1);
        Assert.Equal(0, same.Changed);

        fleet.Pages.Clear();
        fleet.Pages.AddRange([[Vm(1), Vm(2)], [Vm(1, "stopped")]]);
        await fleet.SweepAsync(2);
        Assert.Equal("stopped running", await fleet.RowsAsync("select state from vm order by instance_id"));
    }

    [Fact]
    public async Task Tags_of_any_size_and_content_are_stored_bounded()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1, tags: [("big", new string('x', 100_000)), ("bad\0key", "a\0b\ud800\u202e"), ("watchdog:owner", "o\r\nInjected: yes")]));

        await fleet.SweepAsync(0);

        Assert.Equal(256, await fleet.Database.ScalarAsync<int>("select length(tags->>'big') from vm"));
        Assert.Equal("a b\uFFFD\uFFFD", await fleet.Database.ScalarAsync<string>("select tags->>'bad key' from vm"));
        Assert.Equal("o  Injected: yes", await fleet.Database.ScalarAsync<string>("select owner from vm"));
    }

    [Fact]
    public async Task A_worker_whose_lease_was_taken_writes_nothing()
    {
        await using var fleet = await CreateAsync();
        var name = Leases.InventoryOf(fleet.Scope.Id);
        var first = await Leases.TakeAsync(fleet.Database.Source, [name], "mine", Start, default);
        fleet.List(Vm(1));
        await fleet.Inventory.RunAsync(fleet.Scope, first, Start, default);
        await Leases.TakeAsync(fleet.Database.Source, [name], "theirs", Start, default);
        fleet.List(Vm(1, "stopped"));

        await Assert.ThrowsAsync<FencedException>(() => fleet.Inventory.RunAsync(fleet.Scope, first, Start.AddMinutes(1), default));

        Assert.Equal("running", await fleet.RowsAsync("select state from vm"));
        Assert.Equal(1, await fleet.Database.ScalarAsync<long>("select count(*) from scope_coverage where to_at = from_at"));
    }

    [Fact]
    public async Task What_another_worker_wrote_meanwhile_is_known_and_not_told_twice()
    {
        await using var fleet = await CreateAsync();
        var (mine, theirs) = (fleet.Inventory, fleet.NewInventory());
        var name = Leases.InventoryOf(fleet.Scope.Id);
        fleet.List(Vm(1));
        await mine.RunAsync(fleet.Scope, await Leases.TakeAsync(fleet.Database.Source, [name], "mine", Start, default), Start, default);
        fleet.List(Vm(1, "stopped"));
        await theirs.RunAsync(fleet.Scope, await Leases.TakeAsync(fleet.Database.Source, [name], "theirs", Start, default), Start.AddMinutes(1), default);

        await mine.RunAsync(fleet.Scope, await Leases.TakeAsync(fleet.Database.Source, [name], "mine", Start, default), Start.AddMinutes(2), default);

        Assert.Equal(2, await fleet.Database.ScalarAsync<long>("select count(*) from vm_transition"));
    }

    [Fact]
    public async Task A_worker_that_kept_its_lease_needs_no_second_read_of_its_vms()
    {
        await using var fleet = await CreateAsync();
        var name = Leases.InventoryOf(fleet.Scope.Id);
        fleet.List(Vm(1));
        await fleet.Inventory.RunAsync(fleet.Scope, await Leases.TakeAsync(fleet.Database.Source, [name], "w", Start, default), Start, default);
        // Not possible under the lease, and therefore not seen: the memory is used.
        await fleet.Database.ExecuteAsync("update vm set fingerprint = 0");

        var outcome = await fleet.Inventory.RunAsync(
            fleet.Scope, await Leases.TakeAsync(fleet.Database.Source, [name], "w", Start, default), Start.AddMinutes(1), default);

        Assert.Equal(0, outcome.Changed);
    }
}
