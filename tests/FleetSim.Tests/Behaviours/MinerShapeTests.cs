using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Behaviours;

public sealed class MinerShapeTests
{
    [Theory]
    [InlineData("miner/full")]
    [InlineData("miner/renamed")]
    [InlineData("miner/persistent")]
    public void A_full_miner_holds_all_cores_and_sends_next_to_nothing(string kind)
    {
        foreach (SimulatedVm vm in Stage.Of(kind))
        {
            Assert.InRange(vm.Behaviour.LoadOf(Stage.After(vm, 300)).Cpu, 92, 100);
            for (int period = 2; period < 40; period++)
            {
                VmMoment at = Stage.After(vm, period * 300.0);
                Load mining = vm.Behaviour.LoadOf(at), usual = vm.Behaviour.LoadOf(at with { Vm = Stage.Honest(vm) });
                Assert.InRange(mining.Cpu, 95, 100);
                Assert.InRange(mining.NetworkOut - usual.NetworkOut, 0, 60_000);
            }
        }
    }

    [Fact]
    public void A_miner_shows_one_process_with_as_much_cpu_time_as_the_machine_has_cores()
    {
        foreach (SimulatedVm vm in Stage.Of("miner/full"))
        {
            GuestView guest = vm.Behaviour.GuestOf(Stage.After(vm, 3_600));
            GuestProcess miner = guest.TopProcesses[0];
            Assert.Contains("stratum+", miner.Args, StringComparison.Ordinal);
            Assert.Equal(3_600, miner.AgeSeconds);
            Assert.InRange(miner.CpuSeconds / miner.AgeSeconds / vm.Vcpus, 0.95, 1);
            Assert.Equal(1168, guest.HugePages);
            Assert.Contains(guest.Connections, c => c.Pid == miner.Pid && c.Outbound && c.PeerPort != 443);
        }
    }

    [Fact]
    public void A_renamed_miner_says_nothing_but_lies_where_no_program_belongs()
    {
        foreach (SimulatedVm vm in Stage.Of("miner/renamed"))
        {
            GuestProcess miner = vm.Behaviour.GuestOf(Stage.After(vm, 3_600)).TopProcesses[0];
            Assert.Matches("^(/tmp|/dev/shm|/var/tmp)/", miner.Exe);
            Assert.DoesNotContain("stratum", miner.Args, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_contained_miner_loses_its_pool_and_its_cpu_but_not_all_traffic()
    {
        foreach (SimulatedVm vm in Stage.Of("miner/full"))
        {
            VmMoment cut = Stage.After(vm, 7_200, isolated: true) with { IsolatedSince = vm.Onset.AddSeconds(3_600) };
            Load load = vm.Behaviour.LoadOf(cut);
            Assert.True(load.Cpu < 15, $"{load.Cpu} %");
            Assert.InRange(load.NetworkOut, 1, 9_000);
            GuestView guest = vm.Behaviour.GuestOf(cut);
            Assert.All(guest.Connections, c => Assert.Equal(443, c.PeerPort));
            GuestProcess miner = guest.TopProcesses.Single(p => p.Comm == "xmrig");
            Assert.InRange(miner.CpuSeconds / vm.Vcpus, 3_500, 3_700);
        }
    }

    [Theory]
    [InlineData("miner/full", false)]
    [InlineData("miner/persistent", true)]
    [InlineData("runaway/one-core", false)]
    [InlineData("forkbomb/capped", false)]
    [InlineData("panic/spin", false)]
    public void A_restart_ends_it_unless_it_persists(string kind, bool comesBack)
    {
        foreach (SimulatedVm vm in Stage.Of(kind))
        {
            VmMoment later = Stage.After(vm, 7_200) with { RunningSince = vm.Onset.AddSeconds(3_600) };
            Load with = vm.Behaviour.LoadOf(later), without = vm.Behaviour.LoadOf(later with { Vm = Stage.Honest(vm) });
            Assert.Equal(comesBack, with.Cpu > without.Cpu);
            Assert.Equal(StatusChecks.Ok, vm.Behaviour.StatusOf(later));
            Assert.True(vm.Behaviour.AgentAnswers(later));
        }
    }
}
