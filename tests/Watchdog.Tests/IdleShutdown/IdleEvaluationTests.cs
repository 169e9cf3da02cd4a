using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Screening;
using Watchdog.IdleShutdown;
using Watchdog.Inventory;
using Watchdog.Storage;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.IdleShutdown;

/// <summary>From the screen's windows to a recorded stop, and back.</summary>
public sealed class IdleEvaluationTests
{
    [Fact]
    public async Task A_resting_vm_is_looked_into_and_its_stop_recorded_and_taken_back_when_its_cpu_wakes()
    {
        await using var world = await Resters.CreateAsync();
        var vm = await world.AddVmAsync("i-1");
        await FollowAsync(world, vm, 1);
        await EvaluateAsync(world);
        Assert.Equal("", await Resters.ActsAsync(world, "i-1"));
        await EvaluateAsync(world);
        Assert.Equal("stop proposed", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal("i-1", Assert.Single(await world.Get<IdleDesk>().PlanAsync(world.Now.AddHours(1), default)).InstanceId);

        await FollowAsync(world, vm, 40);
        await EvaluateAsync(world);
        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
    }

    [Fact]
    public async Task A_session_keeps_it_and_the_last_word_is_kept()
    {
        await using var world = await Resters.CreateAsync();
        world.Guests.Says = _ => Resters.Nobody(world.Now, sessions: """{"user":"dev","tty":"pts/0","from":"198.51.100.7","idle":120}""");
        await FollowAsync(world, await world.AddVmAsync("i-1"), 1);
        await EvaluateAsync(world);
        await EvaluateAsync(world);

        Assert.Equal("", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal("session", Assert.Single((await IdleWatch.AllAsync(world.Database.Source, default))[0].Verdict!.Keepers).Code);
    }

    [Fact]
    public async Task While_somebody_is_in_it_no_metric_is_asked_for_again_and_once_he_has_left_they_are_before_its_stop()
    {
        await using var world = await Resters.CreateAsync();
        world.Guests.Says = _ => Resters.Nobody(world.Now, sessions: """{"user":"dev","tty":"pts/0","from":"198.51.100.7","idle":120}""");
        await FollowAsync(world, await world.AddVmAsync("i-1"), 1);
        await EvaluateAsync(world);
        Assert.Equal(3, world.Metrics.Billed);
        for (var look = 0; look < 3; look++)
        {
            await EvaluateAsync(world);
            world.Clock.Advance(TimeSpan.FromHours(1));
            await Resters.ListStatusAsync(world);
            await EvaluateAsync(world);
        }

        Assert.Equal(3, world.Metrics.Billed);
        world.Guests.Says = _ => Resters.Nobody(world.Now);
        await EvaluateAsync(world);
        Assert.Equal("stop proposed", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal(6, world.Metrics.Billed);
    }

    [Fact]
    public async Task Who_starts_a_stopped_vm_again_ends_its_stop_and_has_a_grace()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await world.SettleAsync();
        world.Clock.Advance(TimeSpan.FromHours(8));
        await Resters.ListStatusAsync(world);
        await world.Database.ExecuteAsync("update vm set launch_time = $1 where instance_id = 'i-1'", world.Now);
        await EvaluateAsync(world);

        Assert.Equal("stop released, untag admitted", await Resters.ActsAsync(world, "i-1"));
        var verdict = await world.Get<IdleDesk>().ExplainAsync(world.Scope, "i-1", default);
        Assert.Contains(verdict!.Keepers, keeper => keeper.Code == "started-again" && keeper.Until == world.Now.AddMinutes(60));

        Assert.Contains("watchdog:stopped", world.Ec2["i-1"].Tags.Keys);
        world.Ec2.Alter("i-1", vm => vm with { State = "running" });
        await world.SettleAsync();
        Assert.Equal("stop released, untag verified", await Resters.ActsAsync(world, "i-1"));
        Assert.DoesNotContain("watchdog:stopped", world.Ec2["i-1"].Tags.Keys);
    }

    [Fact]
    public async Task A_tag_whose_vm_is_stopped_again_is_left_alone()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await world.SettleAsync();
        await world.Database.ExecuteAsync("update vm set launch_time = $1 where instance_id = 'i-1'", world.Now.AddMinutes(1));
        await EvaluateAsync(world);
        await world.SettleAsync();

        Assert.Equal("stop released, untag refused", await Resters.ActsAsync(world, "i-1"));
        Assert.Contains("watchdog:stopped", world.Ec2["i-1"].Tags.Keys);
    }

    [Fact]
    public async Task Looks_beyond_the_room_that_inspections_leave_come_later_and_begun_ones_are_read_first()
    {
        await using var world = await Resters.CreateAsync(("IdleShutdown:LooksAPass", "2"));
        foreach (var id in (string[])["i-1", "i-2", "i-3"])
        {
            await FollowAsync(world, await world.AddVmAsync(id), 1);
        }

        await EvaluateAsync(world);
        var watched = await IdleWatch.AllAsync(world.Database.Source, default);
        Assert.Equal(["i-1", "i-2"], watched.Where(vm => vm.Asked is not null).Select(vm => vm.InstanceId));
        Assert.Equal(world.Now.AddMinutes(15), watched.Single(vm => vm.Asked is null).DueAt);

        await EvaluateAsync(world);
        Assert.Equal("stop proposed", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal("stop proposed", await Resters.ActsAsync(world, "i-2"));
        Assert.Equal("", await Resters.ActsAsync(world, "i-3"));
    }

    [Theory]
    [InlineData(375, 64, 375)]
    [InlineData(375, 1, 5)]
    [InlineData(1, 1, 1)]
    public void A_run_has_its_shards_part_of_the_looks(int looks, int shards, int room) => Assert.Equal(room, IdleRoom.Of(looks, shards));

    private static async Task FollowAsync(World world, Vm vm, float cpu)
    {
        var seen = new Resting();
        seen.Add(vm, new MetricWindow(world.Now.AddHours(-3), 300, Enumerable.Repeat(cpu, 36).ToArray()), ScreenOutcome.Quiet, new RestLimit(5, Resting.Longest));
        await using var connection = await world.Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await IdleWatch.FollowAsync(connection, transaction, seen, [vm.Shard], world.Now, default);
        await transaction.CommitAsync();
    }

    private static async Task EvaluateAsync(World world)
    {
        var all = Enumerable.Range(0, Shard.Count).ToList();
        var fence = await Leases.TakeAsync(world.Database.Source, all.Select(Leases.IdleOf), "node", world.Now, default);
        await world.Get<IdleEvaluation>().RunAsync(
            [.. all.Select(shard => (short)shard)], new Dictionary<short, Scope> { [world.Scope.Id] = world.Scope }, fence, default);
    }
}
