using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Watchdog.Slo;
using Watchdog.Slo.Alarms;
using Watchdog.Slo.Minutes;
using Watchdog.Storage;
using Watchdog.Testing;

namespace Watchdog.Tests.Slo.Alarms;

public sealed class AlarmRunTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly int End = Minute.Of(Now);

    [Fact]
    public async Task What_burns_is_told_to_the_event_log_once_and_again_when_it_is_over()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await BooksAsync(database);
        await FillAsync(database, End - 4_320, End, vms: 1_000, bad: 0);
        Assert.Equal(0, await RunAsync(database, run, End));

        await FillAsync(database, End, End + 15, vms: 1_000, bad: 100);
        await RunAsync(database, run, End + 15);
        Assert.Equal(["slo.burn.fired", "slo.burn.fired", "slo.step.fired"], await KindsAsync(database));
        await RunAsync(database, run, End + 15);
        Assert.Equal(3, (await KindsAsync(database)).Length);

        await FillAsync(database, End + 15, End + 200, vms: 1_000, bad: 0);
        await RunAsync(database, run, End + 200);
        Assert.Equal(
            ["slo.burn.fired", "slo.burn.fired", "slo.burn.resolved", "slo.burn.resolved", "slo.step.fired", "slo.step.resolved"], await KindsAsync(database));
        Assert.Equal("slo:fleet:fleet", await database.ScalarAsync<string>("select distinct subject from event"));
    }

    [Fact]
    public async Task What_each_promise_came_to_is_kept_by_group_and_window()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await BooksAsync(database);
        await FillAsync(database, End - 60, End, vms: 1_000, bad: 10);
        await RunAsync(database, run, End);
        Assert.Equal(600, await database.ScalarAsync<long>("select bad from slo_standing where slo = 'fleet' and span = '1h'"));
        Assert.Equal(59_400, await database.ScalarAsync<long>("select good from slo_standing where slo = 'fleet' and span = '28d'"));
        Assert.Equal(600, await database.ScalarAsync<long>("select bad from slo_standing where slo = 'vm' and grp = 'fleet' and span = 'month'"));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from slo_standing where slo = 'vm' and span = '1h'"));
        Assert.Equal(Minute.MonthOf(End), await database.ScalarAsync<int>("select from_min from slo_standing where slo = 'fleet' and span = 'month'"));

        var figures = await SloFigures.ReadAsync(database.Source, default);
        Assert.Equal(End, Assert.Single(figures.Watermarks).Minute);
        // No Region has buckets here: nothing is told of one.
        Assert.Empty(figures.Month);
    }

    [Fact]
    public async Task Without_books_nothing_is_told()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = new AlarmRun(database.Source, Options.Create(new SloOptions()), NullLogger<AlarmRun>.Instance);
        var fence = await Leases.TakeAsync(database.Source, ["slo"], "test", Now, default);
        Assert.Equal(0, await run.RunAsync(fence, Now, default));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from slo_standing"));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_writes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await BooksAsync(database);
        await FillAsync(database, End - 60, End, vms: 1_000, bad: 100);
        var old = await Leases.TakeAsync(database.Source, ["slo"], "test", Now, default);
        await Leases.TakeAsync(database.Source, ["slo"], "other", Now, default);
        await Assert.ThrowsAsync<FencedException>(() => run.RunAsync(old, Now, default));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from slo_alarm"));
    }

    private static async Task<AlarmRun> BooksAsync(TestDatabase database)
    {
        await database.ExecuteAsync("insert into scope (key, region) values ('1/eu-west-1', 'eu-west-1')");
        await database.ExecuteAsync("select slo_make_month('2026-11-01')");
        await database.ExecuteAsync("insert into slo_scope (scope, from_min, watermark_min, bucket_min, day) select id, 0, 0, 0, 0 from scope");
        await database.ExecuteAsync("insert into slo_key (dimension, name) values ('fleet', 'fleet')");
        return new(database.Source, Options.Create(new SloOptions()), NullLogger<AlarmRun>.Instance);
    }

    private static Task<int> FillAsync(TestDatabase database, int from, int to, int vms, int bad) => database.ExecuteAsync(
        "insert into slo_five_minutes (key, at_min, ok, provider) select k.id, m, $3, $4 from slo_key k, generate_series($1::int, $2::int - 5, 5) m",
        from, to, (vms - bad) * 5, bad * 5);

    private static async Task<int> RunAsync(TestDatabase database, AlarmRun run, int end)
    {
        await database.ExecuteAsync("update slo_scope set watermark_min = $1, bucket_min = $1", end);
        var fence = await Leases.TakeAsync(database.Source, ["slo"], "test", Now, default);
        return await run.RunAsync(fence, Minute.At(end), default);
    }

    private static Task<string[]> KindsAsync(TestDatabase database) =>
        database.ScalarAsync<string[]>("select coalesce(array_agg(kind order by kind), '{}') from event");
}
