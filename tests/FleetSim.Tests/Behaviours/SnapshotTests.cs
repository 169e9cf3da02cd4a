using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Behaviours;

public sealed class SnapshotTests
{
    [Fact]
    public void A_process_seen_twice_is_older_by_the_time_between_and_never_loses_cpu_time()
    {
        int seen = 0;
        foreach (SimulatedVm vm in Stage.Fleet.Where(v => v.LaunchTime < Stage.Options.Epoch.AddDays(-1)).Take(1_500))
        {
            DateTimeOffset at = (vm.Onset == DateTimeOffset.MaxValue ? Stage.Options.Epoch : vm.Onset).AddMinutes(37);
            var first = vm.Behaviour.GuestOf(Stage.At(vm, at)).TopProcesses.ToDictionary(p => p.Pid);
            foreach (GuestProcess later in vm.Behaviour.GuestOf(Stage.At(vm, at.AddMinutes(7))).TopProcesses.Where(p => p.AgeSeconds > 422))
            {
                if (!first.TryGetValue(later.Pid, out GuestProcess? before)) continue;
                seen++;
                Assert.Equal((before.Comm, before.Exe, before.Args, before.Uid, before.ParentPid), (later.Comm, later.Exe, later.Args, later.Uid, later.ParentPid));
                Assert.InRange(later.AgeSeconds - before.AgeSeconds, 419, 421);
                Assert.InRange(later.CpuSeconds - before.CpuSeconds, 0, 422.0 * vm.Vcpus);
            }
        }

        Assert.True(seen > 9_000, $"{seen} processes seen twice");
    }

    [Fact]
    public void What_has_run_for_ten_minutes_is_there_on_the_second_look()
    {
        foreach (string kind in new[] { "miner/full", "runaway/one-core", "benign/web", "benign/database" })
        {
            foreach (SimulatedVm vm in Stage.Of(kind))
            {
                DateTimeOffset at = (vm.Onset == DateTimeOffset.MaxValue ? Stage.Options.Epoch : vm.Onset).AddMinutes(40);
                GuestProcess top = vm.Behaviour.GuestOf(Stage.At(vm, at)).TopProcesses.First(p => p.AgeSeconds > 600);
                Assert.Contains(vm.Behaviour.GuestOf(Stage.At(vm, at.AddMinutes(6))).TopProcesses, p => p.Pid == top.Pid && p.Exe == top.Exe);
            }
        }
    }

    [Fact]
    public void A_boot_burns_cpu_and_writes_its_log_before_the_agent_answers()
    {
        foreach (SimulatedVm vm in Stage.Of("idle/unused"))
        {
            DateTimeOffset boot = Stage.Options.Epoch;
            VmMoment At(double seconds) => new(vm, boot.AddSeconds(seconds), boot, false);
            Assert.InRange(vm.Behaviour.LoadOf(At(300)).Cpu, 15, 70);
            Assert.True(vm.Behaviour.LoadOf(At(900)).Cpu < 12);
            Assert.False(vm.Behaviour.AgentAnswers(At(59)));
            Assert.True(vm.Behaviour.AgentAnswers(At(241)));
            Assert.StartsWith("[    0.000000] Linux version", vm.Behaviour.ConsoleOf(At(5)), StringComparison.Ordinal);
            Assert.DoesNotContain("login:", vm.Behaviour.ConsoleOf(At(60)), StringComparison.Ordinal);
            Assert.Contains("login:", vm.Behaviour.ConsoleOf(At(130)), StringComparison.Ordinal);
            Assert.All(vm.Behaviour.GuestOf(At(100)).TopProcesses, p => Assert.InRange(p.AgeSeconds, 0, 100));
        }
    }
}
