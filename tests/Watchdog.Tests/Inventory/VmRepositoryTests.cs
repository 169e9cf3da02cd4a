using Watchdog.Inventory;
using static Watchdog.Tests.Inventory.Fleet;

namespace Watchdog.Tests.Inventory;

public class VmRepositoryTests
{
    [Fact]
    public async Task Running_vms_of_the_shards_are_those_that_run_and_are_not_gone()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1), Vm(2), Vm(3, "stopped"), Vm(4), Vm(5));
        await fleet.SweepAsync(0);
        fleet.List(Vm(1), Vm(2), Vm(3, "stopped"), Vm(5));
        await fleet.SweepAsync(1);
        await fleet.SweepAsync(2);
        fleet.List(Vm(1), Vm(2), Vm(3, "stopped"));
        await fleet.SweepAsync(3);
        var vms = new VmRepository(fleet.Database.Source);
        short[] everyShard = [.. Enumerable.Range(0, Shard.Count).Select(shard => (short)shard)];

        // 4 is gone, 5 was missed once.
        Assert.Equal([Id(1), Id(2), Id(5)], (await vms.RunningAsync(everyShard, default)).Select(vm => vm.InstanceId));
        var shard = Shard.Of(Id(1));
        Assert.All(await vms.RunningAsync([shard], default), vm => Assert.Equal(shard, vm.Shard));
        Assert.Contains(await vms.RunningAsync([shard], default), vm => vm.InstanceId == Id(1));
        Assert.Empty(await vms.RunningAsync([], default));
    }

    [Fact]
    public async Task A_vm_is_read_by_its_id_with_all_that_rooms_may_know()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1, launched: Start.AddHours(-1), tags: [("watchdog:owner", "ann"), ("plan", "pro"), ("aws:autoscaling:groupName", "g")]), Vm(2));
        await fleet.SweepAsync(0);

        var vm = Assert.Single(await new VmRepository(fleet.Database.Source).ByIdsAsync([Id(1), Id(9)], default));

        Assert.Equal(
            new Vm(Id(1), fleet.Scope.Id, Shard.Of(Id(1)), "ann", "pro", "running", Start.AddHours(-1), "m6i.large", 2, "ami-1", "eu-west-1a", "vpc-1",
                Start.AddHours(-1), "g"), vm);
    }
}
