using Watchdog.Detectors.Facts;
using Watchdog.Inventory;
using static Watchdog.Tests.Inventory.Fleet;

namespace Watchdog.Tests.Inventory;

public class StatusSweepTests
{
    [Fact]
    public async Task An_impaired_vm_is_kept_with_its_checks_and_told_of_once()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1), Vm(2));
        await fleet.SweepAsync(0);
        fleet.Statuses.Add(Impaired(1, "instance-retirement", "system-reboot"));

        Assert.Equal(new StatusOutcome(true, 1, 1, null), await fleet.Status.RunAsync(fleet.Scope, null, Start, default));
        Assert.Equal(new StatusOutcome(true, 1, 0, null), await fleet.Status.RunAsync(fleet.Scope, null, Start.AddMinutes(1), default));

        var read = await new VmRepository(fleet.Database.Source).StatusesAsync([Shard.Of(Id(1))], default);
        var status = Assert.Single(read).Value;
        Assert.Equal(new StatusFacts(CheckState.Impaired, CheckState.Ok, CheckState.Unknown, Start.AddMinutes(-5)), status.Status);
        Assert.Equal([new ScheduledEvent("instance-retirement"), new("system-reboot")], status.Events);
        Assert.Equal("impaired", await fleet.RowsAsync("select data->>'instance' from event where kind = 'vm.status'"));
    }

    [Fact]
    public async Task A_vm_that_passes_again_leaves_the_table_and_one_that_worsens_keeps_its_first_sight()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1), Vm(2));
        await fleet.SweepAsync(0);
        fleet.Statuses.AddRange([Impaired(1), Impaired(2)]);
        await fleet.Status.RunAsync(fleet.Scope, null, Start, default);
        fleet.Statuses.Clear();
        fleet.Statuses.Add(Impaired(2, "system-reboot"));

        Assert.Equal(new StatusOutcome(true, 1, 2, null), await fleet.Status.RunAsync(fleet.Scope, null, Start.AddMinutes(1), default));

        Assert.Equal(Id(2), await fleet.RowsAsync("select instance_id from impairment"));
        Assert.Equal(Start, await fleet.Database.ScalarAsync<DateTime>("select first_seen from impairment"));
        Assert.Equal(Start.AddMinutes(1), await fleet.Database.ScalarAsync<DateTime>("select observed_at from impairment"));
    }

    [Fact]
    public async Task An_announced_window_is_told_and_a_moved_one_is_told_again()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1));
        await fleet.SweepAsync(0);
        var listed = Impaired(1) with { Events = [new("system-reboot", Start, Start.AddHours(2))] };
        fleet.Statuses.Add(listed);
        await fleet.Status.RunAsync(fleet.Scope, null, Start, default);
        Assert.Equal(0, (await fleet.Status.RunAsync(fleet.Scope, null, Start.AddMinutes(1), default)).Changed);
        fleet.Statuses[0] = listed with { Events = [new("system-reboot", Start.AddHours(3))] };
        Assert.Equal(1, (await fleet.Status.RunAsync(fleet.Scope, null, Start.AddMinutes(2), default)).Changed);

        Assert.Equal("2026-03-02T10:00:00+00:00/2026-03-02T12:00:00+00:00 2026-03-02T13:00:00+00:00/none", await fleet.RowsAsync(
            "select (data->'events'->0->>'not_before') || '/' || coalesce(data->'events'->0->>'not_after', 'none') from event where kind = 'vm.status' order by id"));
        Assert.Equal(fleet.Statuses[0].Events, (await new VmRepository(fleet.Database.Source).StatusesAsync([Shard.Of(Id(1))], default))[Id(1)].Events);
    }

    [Fact]
    public async Task Vms_that_are_not_managed_are_nobodys_business()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1));
        await fleet.SweepAsync(0);
        fleet.Statuses.Add(Impaired(9));

        Assert.Equal(0, (await fleet.Status.RunAsync(fleet.Scope, null, Start, default)).Impaired);
        Assert.Equal(0, await fleet.Database.ScalarAsync<long>("select count(*) from impairment"));
    }

    [Fact]
    public async Task A_failed_listing_heals_nobody()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1));
        await fleet.SweepAsync(0);
        fleet.Statuses.Add(Impaired(1));
        await fleet.Status.RunAsync(fleet.Scope, null, Start, default);
        fleet.Statuses.Clear();
        fleet.Fails = (0, new TimeoutException("slow"));

        Assert.False((await fleet.Status.RunAsync(fleet.Scope, null, Start.AddMinutes(1), default)).Seen);

        Assert.Equal(1, await fleet.Database.ScalarAsync<long>("select count(*) from impairment"));
        Assert.Equal("true false", (await fleet.RowsAsync("select seen from scope_coverage where kind = 'status' order by id")).ToLowerInvariant());
    }
}
