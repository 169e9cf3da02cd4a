using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Behaviours;

public sealed class FaultShapeTests
{
    [Theory]
    [InlineData("forkbomb/capped")]
    [InlineData("forkbomb/fading")]
    [InlineData("forkbomb/dead")]
    public void A_fork_bomb_reaches_the_ceiling_in_one_sample_and_starves_the_network(string kind)
    {
        foreach (SimulatedVm vm in Stage.Of(kind))
        {
            Load[] loads = [.. Enumerable.Range(1, 12).Select(n => vm.Behaviour.LoadOf(Stage.After(vm, n * 300)))];
            Load[] usual = [.. Enumerable.Range(1, 12).Select(n => vm.Behaviour.LoadOf(Stage.After(vm, n * 300) with { Vm = Stage.Honest(vm) }))];
            Assert.InRange(loads[0].Cpu, 99, 100);
            Assert.True(Stage.Median(loads.Select(l => l.NetworkOut)) < 0.25 * Stage.Median(usual.Select(l => l.NetworkOut)), kind);
            GuestView guest = vm.Behaviour.GuestOf(Stage.After(vm, 300));
            Assert.InRange(guest.SystemPercent, 55, 70);
            Assert.True(guest.ForksPerSecond >= 2_000);
            Assert.True(guest.Processes >= 1_000 && guest.PidsCurrent > 0.9 * guest.PidsMax);
            Assert.True(guest.Load1 > 10 * vm.Vcpus);
            Assert.True(guest.TopProcesses.CountBy(p => p.Comm).Max(c => c.Value) > 0.7 * guest.TopProcesses.Count);
            string console = vm.Behaviour.ConsoleOf(Stage.After(vm, 300));
            Assert.Contains("fork: retry: Resource temporarily unavailable", console, StringComparison.Ordinal);
            Assert.Contains("cgroup: fork rejected by pids controller", console, StringComparison.Ordinal);
            Assert.True(vm.Behaviour.StatusOf(Stage.After(vm, 901)).Instance || vm.Behaviour.AgentAnswers(Stage.After(vm, 901)), "no telltale");
        }
    }

    [Theory]
    [InlineData("runaway/one-core")]
    [InlineData("runaway/all-cores")]
    public void A_runaway_adds_whole_cores_and_no_traffic(string kind)
    {
        foreach (SimulatedVm vm in Stage.Of(kind))
        {
            VmMoment at = Stage.After(vm, 3_600);
            Load with = vm.Behaviour.LoadOf(at), without = vm.Behaviour.LoadOf(at with { Vm = Stage.Honest(vm) });
            double expected = kind == "runaway/one-core" ? without.Cpu + 100.0 / vm.Vcpus : 100;
            Assert.InRange(with.Cpu, Math.Min(99.7, expected) - 0.01, Math.Min(100, expected) + 0.01);
            Assert.Equal(without.NetworkOut, with.NetworkOut);
            Assert.Equal(without.DiskWriteOps, with.DiskWriteOps);
            GuestView guest = vm.Behaviour.GuestOf(at);
            Assert.Empty(guest.Sessions);
            Assert.InRange(guest.TopProcesses[0].CpuSeconds / guest.TopProcesses[0].AgeSeconds, 0.99, vm.Vcpus);
        }
    }

    [Theory]
    [InlineData("panic/halt", "Kernel panic - not syncing: ")]
    [InlineData("panic/spin", "---[ end Kernel panic - not syncing: ")]
    [InlineData("panic/hang", "soft lockup - CPU#")]
    public void A_panic_falls_silent_and_fails_its_instance_check_within_minutes(string kind, string lastWords)
    {
        foreach (SimulatedVm vm in Stage.Of(kind))
        {
            Assert.Equal(StatusChecks.Ok, vm.Behaviour.StatusOf(Stage.After(vm, 119)));
            StatusChecks status = vm.Behaviour.StatusOf(Stage.After(vm, 200));
            Assert.True(status.Instance && !status.System);
            Assert.InRange((status.ImpairedSince!.Value - vm.Onset).TotalSeconds, 119, 191);
            Assert.Equal(status.ImpairedSince, vm.Behaviour.StatusOf(Stage.After(vm, 7_200)).ImpairedSince);
            Assert.True(vm.Behaviour.AgentAnswers(Stage.After(vm, -1)));
            Assert.False(vm.Behaviour.AgentAnswers(Stage.After(vm, 1)));
            Load load = vm.Behaviour.LoadOf(Stage.After(vm, 600));
            Assert.Equal(0, load.NetworkOut);
            double one = 100.0 / vm.Vcpus;
            Assert.InRange(load.Cpu, kind == "panic/halt" ? 0 : one - 0.21, kind == "panic/halt" ? 0.2 : one + 0.21);
            Assert.Contains(lastWords, vm.Behaviour.ConsoleOf(Stage.After(vm, 600)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_host_fault_is_the_hosts_and_the_guest_goes_on()
    {
        foreach (SimulatedVm vm in Stage.Of("hostfault/system"))
        {
            StatusChecks status = vm.Behaviour.StatusOf(Stage.After(vm, 200));
            Assert.True(status.System && !status.Instance);
            Assert.True(vm.Behaviour.AgentAnswers(Stage.After(vm, 200)));
            Assert.DoesNotContain("panic", vm.Behaviour.ConsoleOf(Stage.After(vm, 200)), StringComparison.OrdinalIgnoreCase);
        }
    }
}
