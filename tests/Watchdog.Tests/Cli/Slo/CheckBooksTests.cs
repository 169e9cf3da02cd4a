using Watchdog.Cli;
using Watchdog.Tests.Slo.Books;

namespace Watchdog.Tests.Cli.Slo;

public sealed class CheckBooksTests
{
    private const int Day = 1_440;

    [Fact]
    public async Task Books_that_hold_together_end_with_0_and_what_is_broken_is_named_and_left_as_it_is()
    {
        await using var shelf = await Shelf.CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.StateAsync("i-2", 0, "running");
        await shelf.SeenAsync(0, 2 * Day);
        await shelf.RunAsync(2 * Day);
        var sound = await CliRun.OnAsync(shelf.Database, "slo", "check", "--json");
        Assert.Equal((ExitCodes.Ok, true), (sound.Exit, sound.Json.GetProperty("holds").GetBoolean()));
        await shelf.DoAsync("update slo_five_minutes set ok = ok + 7 where at_min = (select min(at_min) + 5 from slo_bucket)");
        await shelf.DoAsync("insert into slo_interval select vm, from_min + 30, from_min + 40, grp, cause, agent from slo_interval where vm = (select max(id) from slo_vm)");
        await shelf.DoAsync(
            "insert into vm_transition (instance_id, scope, at, observed_at, from_state, to_state) values ('i-3', 1, $1, $1, null, 'running')", Shelf.At(5));
        await shelf.RunAsync(2 * Day);
        var before = await shelf.AllAsync();

        var page = await CliRun.OnAsync(shelf.Database, "slo", "check");
        var json = (await CliRun.OnAsync(shelf.Database, "slo", "check", "--json")).Json;

        Assert.Equal((ExitCodes.NotHealthy, ""), (page.Exit, page.Error));
        Assert.Contains("do not hold together", page.Output, StringComparison.Ordinal);
        Assert.Contains("2026-03-02: 1 VMs with overlapping rows", page.Output, StringComparison.Ordinal);
        Assert.Contains("VMs: i-2", page.Output, StringComparison.Ordinal);
        Assert.Contains("i-3 since 2026-03-02 10:05Z: no row of vm_membership says whose it was; a state change", page.Output, StringComparison.Ordinal);
        var day = json.GetProperty("broken")[0];
        Assert.Equal(("2026-03-02", 1), (day.GetProperty("day").GetString(), day.GetProperty("overlaps").GetInt32()));
        Assert.True(day.GetProperty("buckets").GetInt32() > 0);
        Assert.Equal((1, "i-3"), (json.GetProperty("not_judged").GetInt32(), json.GetProperty("waiting")[0].GetProperty("vm").GetString()));
        Assert.Equal(before, await shelf.AllAsync());
        Assert.Equal("0", await shelf.RowsAsync("select count(*) from event where kind = 'slo.broken'"));
    }

    [Fact]
    public async Task Without_books_it_says_who_writes_them()
    {
        await using var shelf = await Shelf.CreateAsync();
        var run = await CliRun.OnAsync(shelf.Database, "slo", "check");
        Assert.Equal(ExitCodes.Unavailable, run.Exit);
        Assert.Contains("watchdog run", run.Error, StringComparison.Ordinal);
    }
}
