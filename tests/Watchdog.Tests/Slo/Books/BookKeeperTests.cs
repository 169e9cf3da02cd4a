using Watchdog.Storage;
using static Watchdog.Tests.Slo.Books.Shelf;

namespace Watchdog.Tests.Slo.Books;

public class BookKeeperTests
{
    private const int Day = 1_440;

    [Fact]
    public async Task A_vm_has_one_open_row_and_its_buckets_are_written_when_they_are_whole()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", -500, "running");
        await shelf.SeenAsync(0, 12);

        await shelf.RunAsync(12);

        Assert.Equal("i-1[0,)ok", await shelf.IntervalsAsync());
        Assert.Equal("fleet@0:ok=5 fleet@5:ok=5", await shelf.BucketsAsync());
        Assert.Equal("r-1@0:ok=5 r-1@5:ok=5", await shelf.BucketsAsync("region"));
    }

    [Fact]
    public async Task A_quiet_vm_costs_no_row_and_a_rerun_is_harmless()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.SeenAsync(0, 10);
        await shelf.RunAsync(10);
        var before = await shelf.AllAsync();

        var again = await shelf.RunAsync(10);

        Assert.Equal((0, 0, 0), (again.Vms, again.Rows, again.RollUps));
        Assert.Equal(before, await shelf.AllAsync());
    }

    [Fact]
    public async Task Late_data_changes_only_the_buckets_that_it_touches()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.StateAsync("i-2", 0, "running");
        await shelf.SeenAsync(0, 60);
        await shelf.RunAsync(60);
        await shelf.CheckAsync("i-1", 31, "impaired", since: 22);
        await shelf.CheckAsync("i-1", 33, null);

        var run = await shelf.RunAsync(60);

        Assert.Equal("i-1[0,22)ok i-1[22,33)provider i-1[33,)ok i-2[0,)ok", await shelf.IntervalsAsync());
        Assert.Equal("fleet@15:ok=10 fleet@20:ok=7 fleet@20:provider=3 fleet@25:ok=5 fleet@25:provider=5 fleet@30:ok=7 fleet@30:provider=3 fleet@35:ok=10",
            string.Join(' ', (await shelf.BucketsAsync()).Split(' ')[3..11]));
        // Three intervals, and three buckets of four dimensions.
        Assert.Equal((1, 3 + 3 * 4), (run.Vms, run.Rows));
    }

    [Fact]
    public async Task A_region_outage_makes_its_vms_unknown_and_nobody_elses()
    {
        await using var shelf = await CreateAsync(scopes: 2);
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.StateAsync("i-2", 0, "running", scope: 2);
        await shelf.SeenAsync(0, 30, scope: 2);
        await shelf.SeenAsync(0, 10);
        await shelf.RunAsync(30);
        Assert.Equal("i-1[0,10)ok i-1[10,)watchdog_blind i-2[0,)ok@r-2", await shelf.IntervalsAsync());

        await shelf.SeenAsync(31, 40);
        await shelf.SeenAsync(30, 40, scope: 2);
        await shelf.RunAsync(40);

        Assert.Equal("i-1[0,10)ok i-1[10,31)watchdog_blind i-1[31,)ok i-2[0,)ok@r-2", await shelf.IntervalsAsync());
        Assert.Contains("r-1@30:ok=4 r-1@30:watchdog_blind=1", await shelf.BucketsAsync("region"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_that_is_missing_once_leaves_its_minutes_open_until_the_next()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.SeenAsync(0, 10);
        await shelf.RunAsync(12);
        Assert.Equal(10, await shelf.Database.ScalarAsync<int>($"select watermark_min - {Watchdog.Slo.Minutes.Minute.Of(Start)} from slo_scope"));

        await shelf.SeenAsync(12, 20);
        await shelf.RunAsync(20);

        Assert.Equal("i-1[0,)ok", await shelf.IntervalsAsync());
    }

    [Fact]
    public async Task An_id_that_comes_back_in_another_scope_goes_on_there()
    {
        await using var shelf = await CreateAsync(scopes: 2);
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.SeenAsync(0, 40);
        await shelf.SeenAsync(0, 40, scope: 2);
        await shelf.RunAsync(10);
        await shelf.StateAsync("i-1", 20, "running", scope: 2);
        await shelf.StateAsync("i-1", 25, "gone");

        await shelf.RunAsync(40);

        Assert.Equal("i-1[0,20)ok i-1[20,)ok@r-2", await shelf.IntervalsAsync());
        Assert.Equal("r-1@0:ok=5 r-1@5:ok=5 r-1@10:ok=5 r-1@15:ok=5 r-2@20:ok=5 r-2@25:ok=5 r-2@30:ok=5 r-2@35:ok=5", await shelf.BucketsAsync("region"));
    }

    [Fact]
    public async Task States_of_a_clock_an_hour_ahead_wait_until_their_time_and_reversed_ones_fall_into_place()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.StateAsync("i-1", 70, "stopped", "Client.UserInitiatedShutdown", seen: 10);
        await shelf.SeenAsync(0, 30);
        await shelf.RunAsync(30);
        Assert.Equal("i-1[0,)ok", await shelf.IntervalsAsync());
        await shelf.StateAsync("i-1", 20, "stopped", "Client.UserInitiatedShutdown", seen: 31);
        await shelf.StateAsync("i-1", 15, "stopping", seen: 31);
        await shelf.SeenAsync(30, 80);

        await shelf.RunAsync(80);

        Assert.Equal("i-1[0,15)ok i-1[15,)user", await shelf.IntervalsAsync());
        Assert.Equal(80, await shelf.Database.ScalarAsync<long>("select sum(minutes) from slo_bucket b join slo_key k on k.id = b.key where k.dimension = 'fleet'"));
    }

    [Fact]
    public async Task A_vm_that_is_tagged_anew_keeps_its_history()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.SeenAsync(0, 20);
        await shelf.RunAsync(10);
        await shelf.TagAsync("i-1", 12, "ben", "free");

        await shelf.RunAsync(20);

        Assert.Equal("i-1[0,12)ok i-1[12,)ok/ben", await shelf.IntervalsAsync());
        Assert.Equal("free@10:ok=3 free@15:ok=5 pro@0:ok=5 pro@5:ok=5 pro@10:ok=2", await shelf.BucketsAsync("plan"));
    }

    [Fact]
    public async Task A_ruling_turns_the_minutes_of_its_case_and_is_an_amendment_in_an_open_month_too()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.SeenAsync(0, 60);
        var of = await shelf.IsolateAsync("i-1", from: 20, told: 22);
        await shelf.RunAsync(40);
        Assert.Equal("i-1[0,20)ok i-1[20,)watchdog_unruled_yet", await shelf.IntervalsAsync());
        await shelf.RuleAsync(of, 50, "false_positive");

        await shelf.RunAsync(60);

        Assert.Equal("i-1[0,20)ok i-1[20,)watchdog_false_positive", await shelf.IntervalsAsync());
        Assert.Equal($"2026-03-01:52>14:case {of} ruled false_positive",
            await shelf.RowsAsync("select month || ':' || was || '>' || became || ':' || reason from slo_amendment"));
        Assert.DoesNotContain("unruled", await shelf.BucketsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_containment_that_nobody_ruled_on_in_time_is_bad_from_its_begin()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.SeenAsync(0, 4 * Day);
        await shelf.IsolateAsync("i-1", from: 20, told: 22);
        await shelf.RunAsync(3 * Day);
        Assert.Equal("i-1[0,20)ok i-1[20,)watchdog_unruled_yet", await shelf.IntervalsAsync());

        await shelf.RunAsync(3 * Day + 25);

        Assert.Equal("i-1[0,20)ok i-1[20,)watchdog_unruled", await shelf.IntervalsAsync());
        Assert.Equal("0", await shelf.RowsAsync("select sum(unknown) from slo_daily"));
    }

    [Fact]
    public async Task A_month_ends_with_its_rows_closes_after_its_horizon_and_what_changes_then_is_an_amendment()
    {
        await using var shelf = await CreateAsync();
        var april = 30 * Day - 600;
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.StateAsync("i-2", 0, "running");
        await shelf.SeenAsync(0, april + 20 * Day);
        await shelf.RunAsync(april - 5);
        await shelf.RunAsync(april + 5);
        Assert.Equal($"i-1[0,{april})ok i-1[{april},)ok i-2[0,{april})ok i-2[{april},)ok", await shelf.IntervalsAsync());
        Assert.Equal("0", await shelf.RowsAsync("select count(*) from slo_month"));
        await shelf.RunAsync(april + 8 * Day);
        Assert.Equal("2026-03-01", await shelf.RowsAsync("select to_char(month, 'YYYY-MM-DD') from slo_month"));
        await shelf.CheckAsync("i-1", april - 10, "impaired", since: april - 30);
        await shelf.CheckAsync("i-1", april + 10, null);

        await shelf.RunAsync(april + 8 * Day);

        Assert.Equal($"{april - 30},{april}:1>10", await shelf.RowsAsync(
            $"select from_min - {Watchdog.Slo.Minutes.Minute.Of(Start)} || ',' || to_min - {Watchdog.Slo.Minutes.Minute.Of(Start)} || ':' || was || '>' || became from slo_amendment"));
        Assert.Equal("40", await shelf.RowsAsync("select sum(bad) from slo_daily"));
        Assert.Equal("0", await shelf.RowsAsync("select count(*) from event where kind = 'slo.broken'"));
    }

    [Fact]
    public async Task Months_that_are_kept_no_longer_are_dropped_whole()
    {
        await using var shelf = await CreateAsync();
        shelf.Options.KeepMonths = 2;
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.SeenAsync(0, 100 * Day);

        await shelf.RunAsync(100 * Day);

        Assert.Equal("2026_04 2026_05 2026_06 2026_07", await shelf.RowsAsync(
            "select right(relname, 7) from pg_class where relname ~ '^slo_interval_[0-9_]{7}$' and relkind = 'r' order by 1"));
        Assert.Equal($"{Watchdog.Slo.Minutes.Minute.Of(new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero))}", await shelf.RowsAsync("select min(from_min) from slo_interval"));
    }

    [Fact]
    public async Task A_month_without_any_data_has_no_minute_and_is_closed_all_the_same()
    {
        await using var shelf = await CreateAsync();
        await shelf.SeenAsync(0, 45 * Day);

        await shelf.RunAsync(45 * Day);

        Assert.Equal("2026-03-01", await shelf.RowsAsync("select to_char(month, 'YYYY-MM-DD') from slo_month"));
        Assert.Equal("0", await shelf.RowsAsync("select count(*) from slo_interval"));
    }

    [Fact]
    public async Task A_keeper_whose_lease_was_taken_over_writes_nothing()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.SeenAsync(0, 10);
        var late = await shelf.FenceAsync();
        await shelf.FenceAsync();

        await Assert.ThrowsAsync<FencedException>(() => shelf.Keeper().RunAsync(late, At(10), default));

        Assert.Equal("0", await shelf.RowsAsync("select count(*) from slo_vm"));
    }

    [Fact]
    public async Task An_idle_stop_is_ours_and_not_its_owners()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.IdleStopAsync("i-1", 20);
        await shelf.StateAsync("i-1", 21, "stopped", "Client.UserInitiatedShutdown");
        await shelf.SeenAsync(0, 30);

        await shelf.RunAsync(30);

        Assert.Equal("i-1[0,21)ok i-1[21,)watchdog_idle", await shelf.IntervalsAsync());
    }

    [Fact]
    public async Task What_the_check_finds_broken_is_told_and_mended()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.StateAsync("i-2", 0, "running");
        await shelf.SeenAsync(0, 2 * Day);
        await shelf.RunAsync(10 * 60);
        await shelf.DoAsync("update slo_five_minutes set ok = ok + 7 where at_min = (select min(at_min) + 5 from slo_bucket)");
        await shelf.DoAsync("update slo_interval set from_min = from_min + 100 where vm = (select max(id) from slo_vm)");
        await shelf.DoAsync("insert into slo_interval select vm, from_min - 100, from_min - 90, grp, cause, agent from slo_interval where vm = (select max(id) from slo_vm)");

        await shelf.RunAsync(Day);
        await shelf.RunAsync(Day);

        Assert.Equal("slo", await shelf.RowsAsync("select subject from event where kind = 'slo.broken'"));
        Assert.Equal("0", await shelf.RowsAsync("select count(*) from event where kind = 'slo.whole'"));
        Assert.Equal("i-1[0,)ok i-2[0,)ok", await shelf.IntervalsAsync());
        var mended = await shelf.AllAsync();
        await shelf.ForgetAsync();
        await shelf.RunAsync(Day);
        Assert.Equal(await shelf.AllAsync(), mended);
    }
}
