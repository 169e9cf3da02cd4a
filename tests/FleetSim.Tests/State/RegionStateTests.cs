using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.State;

public sealed class RegionStateTests
{
    [Fact]
    public void A_VM_that_nothing_was_done_to_costs_a_few_dozen_bytes()
    {
        const int Count = 150_000;
        var vms = TestFleet.Vms(Count);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var state = new RegionState(new SimulatedRegionOptions(), vms, new ManualClock(TestFleet.Start));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Count * 64);
        Assert.True(state.TryFind(TestFleet.Id(Count - 1), out var index) && index == Count - 1);
    }

    [Fact]
    public void Ids_lead_back_to_their_VM_and_strangers_nowhere()
    {
        var vms = TestFleet.Vms(500);
        var state = new RegionState(new SimulatedRegionOptions(), vms, new ManualClock(TestFleet.Start));
        var seen = new HashSet<string>();
        foreach (var vm in vms)
        {
            for (var device = 0; device < VmShape.InterfaceCount(vm); device++)
            {
                Assert.True(seen.Add(VmShape.InterfaceId(vm, device)));
                Assert.True(state.TryFindInterface(VmShape.InterfaceId(vm, device), out var index, out var found));
                Assert.Equal((vm.Index, device), (index, found));
            }

            Assert.False(VmShape.InterfaceCount(vm) < 4 && state.TryFindInterface(VmShape.InterfaceId(vm, VmShape.InterfaceCount(vm)), out _, out _));
            Assert.True(state.TryFindVolume(VmShape.VolumeId(vm), out var byVolume) && byVolume == vm.Index);
        }

        Assert.False(state.TryFind("i-0ffffffffffffffff", out _));
        Assert.False(state.TryFind("i-1" + vms[0].InstanceId[3..], out _));
        Assert.False(state.TryFind("i-123", out _));
        Assert.InRange(vms.Count(vm => VmShape.InterfaceCount(vm) > 1), 10, 60);
        Assert.InRange(vms.Count(VmShape.BehindNat), 35, 95);
    }

    [Fact]
    public void Two_VMs_of_one_id_or_a_malformed_id_are_refused()
    {
        var clock = new ManualClock(TestFleet.Start);
        Assert.Throws<ArgumentException>(() => new RegionState(new SimulatedRegionOptions(), [TestFleet.Vm(1), TestFleet.Vm(1)], clock));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegionState(new SimulatedRegionOptions { VpcCount = 0 }, [], clock));
    }

    [Fact]
    public void An_endless_owner_script_is_read_only_as_far_as_time_went()
    {
        var read = 0;
        IEnumerable<OwnerAction> Daily()
        {
            for (var day = TestFleet.Start; ; day = day.AddDays(1))
            {
                read++;
                yield return new(day.AddHours(8), PowerAction.Stop);
                yield return new(day.AddHours(20), PowerAction.Start);
            }
        }

        var clock = new ManualClock(TestFleet.Start);
        var state = new RegionState(new SimulatedRegionOptions(), [TestFleet.Vm(0, new PlainBehaviour { Owner = Daily() })], clock);
        clock.Advance(TimeSpan.FromHours(24 * 3 + 9));
        state.PlayOwners(clock.GetUtcNow());
        Assert.Equal(PowerState.Stopped, state.StateOf(0));
        Assert.Equal(3, state.StartCount(0, clock.GetUtcNow()));
        Assert.Equal(4, read);
    }
}
