using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Behaviours;

public sealed class BenignShapeTests
{
    [Fact]
    public void An_unused_VM_stays_under_the_idle_thresholds_all_day()
    {
        foreach (SimulatedVm vm in Stage.Of("idle/unused"))
        {
            double[] cpu = [.. Stage.Usual(vm).Select(l => l.Cpu).Order()];
            Assert.True(cpu[(int)(0.95 * cpu.Length)] < 5);
            Assert.All(Stage.Usual(vm), l => Assert.True(l.NetworkIn + l.NetworkOut < 1_000_000));
            Assert.Empty(vm.Behaviour.GuestOf(Stage.At(vm, Stage.Options.Epoch)).Sessions);
        }
    }

    [Fact]
    public void A_developer_works_by_day_and_is_gone_at_night()
    {
        SimulatedVm[] vms = [.. Stage.Of("benign/developer")];
        int[] present = [.. Enumerable.Range(0, 48).Select(h => vms.Count(v => At(v, h).Sessions.Count > 0))];
        Assert.All(vms, v => Assert.Contains(Enumerable.Range(0, 48), h => At(v, h).Sessions.Count == 0));
        Assert.True(present.Max() > vms.Length / 3);
        foreach (SimulatedVm vm in vms)
        {
            double[] with = [.. Cpus(vm, true)], without = [.. Cpus(vm, false)];
            if (with.Length > 6) Assert.True(with.Average() > 3 + without.Average(), "busier at his desk");
        }

        IEnumerable<double> Cpus(SimulatedVm v, bool there) => Enumerable.Range(0, 48).Where(h => At(v, h).Sessions.Count > 0 == there)
            .Select(h => v.Behaviour.LoadOf(Stage.At(v, Stage.Options.Epoch.AddHours(h))).Cpu);
        static GuestView At(SimulatedVm v, int hours) => v.Behaviour.GuestOf(Stage.At(v, Stage.Options.Epoch.AddHours(hours)));
    }

    [Theory]
    [InlineData("benign/encoder", "ffmpeg", 60, 3)]
    [InlineData("benign/training", "python", 70, 3)]
    [InlineData("benign/compute-farm", "R,MATLAB,blender,octave-cli,gmx", 98, 3)]
    public void Flat_work_is_as_flat_as_a_miner_and_names_its_program(string kind, string programs, double least, double spread)
    {
        int seen = 0;
        foreach (SimulatedVm vm in Stage.Of(kind))
        {
            foreach (DateTimeOffset at in Busy(vm, least))
            {
                seen++;
                double[] hour = [.. Enumerable.Range(0, 12).Select(n => vm.Behaviour.LoadOf(Stage.At(vm, at.AddMinutes(-5 * n))).Cpu)];
                Assert.True(hour.Max() - hour.Min() < spread);
                GuestView guest = vm.Behaviour.GuestOf(Stage.At(vm, at));
                GuestProcess[] workers = [.. guest.TopProcesses.Where(p => programs.Split(',').Contains(p.Comm))];
                Assert.NotEmpty(workers);
                double cores = workers.Sum(p => p.CpuSeconds / p.AgeSeconds);
                Assert.InRange(100 * cores / vm.Vcpus, hour.Average() - 3, hour.Average() + 3);
                Assert.All(workers, p => Assert.True(p.AgeSeconds >= 3_300));
                Assert.All(guest.Connections.Where(c => c.Outbound), c => Assert.Equal(443, c.PeerPort));
            }
        }

        Assert.True(seen > 10, $"{seen} busy hours");
    }

    [Fact]
    public void A_build_of_hours_swings_writes_and_has_young_compilers_only()
    {
        int seen = 0;
        foreach (SimulatedVm vm in Stage.Of("benign/big-compile"))
        {
            foreach (DateTimeOffset at in Busy(vm, 80))
            {
                seen++;
                Assert.True(vm.Behaviour.LoadOf(Stage.At(vm, at)).DiskWriteOps > 5_000);
                GuestProcess[] compilers = [.. vm.Behaviour.GuestOf(Stage.At(vm, at)).TopProcesses.Where(p => p.Comm == "cc1plus")];
                Assert.Equal(vm.Vcpus, compilers.Length);
                Assert.All(compilers, p => Assert.True(p.AgeSeconds < 10));
            }
        }

        Assert.True(seen > 10, $"{seen} busy hours");
    }

    [Fact]
    public void A_students_arguments_speak_of_mining_and_his_programs_do_not()
    {
        string[] words = [.. Stage.Of("benign/blockchain-student").SelectMany(v => Enumerable.Range(0, 48)
            .SelectMany(n => v.Behaviour.GuestOf(Stage.At(v, Stage.Options.Epoch.AddMinutes(30 * n))).TopProcesses)).Select(p => p.Exe + "|" + p.Args)];
        Assert.Contains(words, w => w.Contains("xmrig", StringComparison.Ordinal));
        Assert.DoesNotContain(words, w => w.Split('|')[0].Contains("xmrig", StringComparison.Ordinal) || w.Contains("://pool", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dead_agent_never_answers_and_everything_else_is_well()
    {
        foreach (SimulatedVm vm in Stage.Of("benign/dead-agent"))
        {
            for (int h = 0; h < 24; h++) Assert.False(vm.Behaviour.AgentAnswers(Stage.At(vm, Stage.Options.Epoch.AddHours(h))));
            Assert.Equal(StatusChecks.Ok, vm.Behaviour.StatusOf(Stage.At(vm, Stage.Options.Epoch)));
        }
    }

    [Fact]
    public void A_status_blip_lasts_five_to_ten_minutes()
    {
        int blips = 0;
        foreach (SimulatedVm vm in Stage.Of("benign/status-blip"))
        {
            bool[] minutes = [.. Enumerable.Range(0, 24 * 60).Select(m => vm.Behaviour.StatusOf(Stage.At(vm, Stage.Options.Epoch.AddMinutes(m))).Instance)];
            for (int m = 1, run = 0; m < minutes.Length; m++)
            {
                run = minutes[m] ? run + 1 : 0;
                if (minutes[m] || !minutes[m - 1]) continue;
                int back = 1;
                while (back <= m && minutes[m - back]) back++;
                if (back > m) continue;
                blips++;
                Assert.InRange(back - 1, 4, 11);
            }
        }

        Assert.True(blips > 10, $"{blips} blips");
    }

    [Fact]
    public void Gaps_are_missing_points_for_an_hour_at_most_and_most_points_come()
    {
        int missing = 0, all = 0, longest = 0;
        foreach (SimulatedVm vm in Stage.Of("benign/metric-gaps"))
        {
            for (int p = 0, run = 0; p < 288; p++, all++)
            {
                bool comes = vm.Behaviour.Publishes(Stage.At(vm, Stage.Options.Epoch.AddMinutes(5 * p)));
                run = comes ? 0 : run + 1;
                if (!comes) missing++;
                longest = Math.Max(longest, run);
            }
        }

        Assert.InRange((double)missing / all, 0.02, 0.25);
        Assert.InRange(longest, 4, 16);
    }

    [Fact]
    public void A_backup_sends_far_more_at_night_than_the_VM_ever_does_by_day()
    {
        foreach (SimulatedVm vm in Stage.Of("benign/night-backup"))
        {
            double[] sent = [.. Stage.Usual(vm).Select(l => l.NetworkOut)];
            Assert.True(sent.Max() > 100 * Stage.Median(sent));
            Assert.InRange(sent.Count(s => s > 1e8) / 12.0, 0.4, 6.5);
        }
    }

    // The instants of three days at which a VM has been busy for an hour, two hours apart.
    private static IEnumerable<DateTimeOffset> Busy(SimulatedVm vm, double least)
    {
        for (int h = 0; h < 72; h += 2)
        {
            DateTimeOffset at = Stage.Options.Epoch.AddHours(h);
            if (Enumerable.Range(-1, 14).All(n => vm.Behaviour.LoadOf(Stage.At(vm, at.AddMinutes(-5 * n))).Cpu >= least)) yield return at;
        }
    }
}
