using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Behaviours;

public sealed class HidingMinerTests
{
    [Fact]
    public void A_throttled_miner_takes_half_to_three_quarters()
    {
        foreach (SimulatedVm vm in Stage.Of("miner/throttled"))
        {
            double[] cpu = [.. Enumerable.Range(2, 24).Select(n => vm.Behaviour.LoadOf(Stage.After(vm, 300 * n)).Cpu)];
            Assert.InRange(Stage.Median(cpu), 50, 75);
            Assert.False(vm.Behaviour.Plain);
        }
    }

    [Fact]
    public void A_credit_limited_miner_falls_to_its_baseline_when_the_balance_is_spent()
    {
        foreach (SimulatedVm vm in Stage.Of("miner/credit-limited"))
        {
            Assert.StartsWith("t2.", vm.InstanceType, StringComparison.Ordinal);
            Load[] loads = [.. Enumerable.Range(1, 36).Select(n => vm.Behaviour.LoadOf(Stage.After(vm, 300 * n)))];
            int full = loads.Count(l => l.Cpu > 90);
            Assert.InRange(full * 5, 35, 90);
            Assert.All(loads.Skip(full + 1), l => Assert.InRange(l.Cpu, 20, 36));
            Assert.All(loads.Skip(full + 1), l => Assert.Equal(0, l.CreditBalance));
            Assert.True(loads[0].CreditBalance > 20);
            Assert.InRange(vm.Behaviour.GuestOf(Stage.After(vm, 9_000)).StealPercent, 50, 80);
            double[] ages = [.. vm.Behaviour.GuestOf(Stage.After(vm, 9_000)).TopProcesses.Where(p => p.Comm == "xmrig").Select(p => p.CpuSeconds / vm.Vcpus)];
            Assert.InRange(ages.Single(), loads.Take(30).Sum(l => l.Cpu * 3) - 200, loads.Take(30).Sum(l => l.Cpu * 3) + 200);
        }
    }

    [Fact]
    public void A_duty_cycled_miner_mines_a_quarter_to_half_of_the_time_and_its_process_says_so()
    {
        foreach (SimulatedVm vm in Stage.Of("miner/duty-cycled"))
        {
            double mean = Enumerable.Range(1, 288).Average(n => vm.Behaviour.LoadOf(Stage.After(vm, 300 * n)).Cpu);
            Assert.InRange(mean, 20, 75);
            GuestProcess miner = vm.Behaviour.GuestOf(Stage.After(vm, 86_400)).TopProcesses.Single(p => p.Comm == "xmrig");
            Assert.InRange(miner.CpuSeconds / miner.AgeSeconds / vm.Vcpus, 0.2, 0.55);
        }
    }

    [Fact]
    public void A_nightly_miner_sleeps_by_day()
    {
        foreach (SimulatedVm vm in Stage.Of("miner/nightly"))
        {
            int on = Enumerable.Range(1, 288).Count(n => vm.Behaviour.LoadOf(Stage.After(vm, 300 * n)).Cpu > 72);
            Assert.InRange(on, 94, 100);
        }
    }

    [Fact]
    public void A_miner_that_kills_the_agent_silences_it_for_good()
    {
        foreach (SimulatedVm vm in Stage.Of("miner/killed-agent"))
        {
            Assert.True(vm.Behaviour.AgentAnswers(Stage.After(vm, -10)));
            Assert.False(vm.Behaviour.AgentAnswers(Stage.After(vm, 10)));
            Assert.Equal(StatusChecks.Ok, vm.Behaviour.StatusOf(Stage.After(vm, 7_200)));
            Assert.True(vm.Behaviour.LoadOf(Stage.After(vm, 7_200)).Cpu > 95);
        }
    }

    [Theory]
    [InlineData("miner/renamed-under-load")]
    [InlineData("runaway/under-load")]
    public void What_hides_under_load_is_not_plain_and_has_the_load_to_hide_under(string kind)
    {
        foreach (SimulatedVm vm in Stage.Of(kind))
        {
            Assert.False(vm.Behaviour.Plain);
            double[] sent = [.. Stage.Usual(vm).Select(l => l.NetworkOut)];
            Assert.True(Stage.Median(sent) > 300_000 || sent.Max() > 1_000_000);
            Assert.True(vm.Behaviour.LoadOf(Stage.After(vm, 3_600)).Cpu > 100.0 / vm.Vcpus);
        }
    }
}
