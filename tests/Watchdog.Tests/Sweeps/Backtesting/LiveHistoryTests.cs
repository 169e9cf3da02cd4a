using Watchdog.Detectors.Replaying;
using Watchdog.Sweeps.Backtesting;

namespace Watchdog.Tests.Sweeps.Backtesting;

public sealed class LiveHistoryTests
{
    [Fact]
    public async Task Fourteen_days_of_running_vms_replay_as_recordings_and_find_their_miner()
    {
        await using var world = await SweepWorld.CreateAsync();
        world.Play(("i-a", world.Now.AddDays(-2), 97f, 3_000), ("i-b", DateTimeOffset.MaxValue, 0, 0), ("i-c", DateTimeOffset.MaxValue, 0, 0));
        world.Region.Vms.Add(FakeRegion.Vm("i-off", world.Now.AddDays(-30), state: "stopped"));
        await world.InventoryAsync();
        var history = world.Get<LiveHistory>();

        var chosen = await history.ChooseAsync(2, default);
        List<RecordedVm> recordings = [];
        await foreach (var vm in history.ReadAsync(chosen, world.Now, default))
        {
            recordings.Add(vm);
        }

        Assert.Equal(["i-a", "i-b"], recordings.Select(vm => vm.Vm.InstanceId));
        Assert.All(recordings, vm => Assert.Equal((14 * 288, 300), (vm.Periods, vm.PeriodSeconds)));
        Assert.Equal(90, recordings[0].DiskWrites[0]);
        var alarm = Assert.Single(new VmReplayer(recordings[0], new ReplayOptions { Idle = false }).Run());
        Assert.InRange(alarm.OpenedAt - world.Now.AddDays(-2), TimeSpan.Zero, TimeSpan.FromHours(1));
        Assert.Empty(new VmReplayer(recordings[1], new ReplayOptions { Idle = false }).Run());
        Assert.Equal(["i-a", "i-b"], world.Region.MetricCalls.SelectMany(call => call.Ids).Distinct());
    }
}
