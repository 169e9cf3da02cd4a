using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Replaying;

namespace Watchdog.Detectors.Tests.Replaying;

public class VmReplayerTests
{
    private static readonly ReplayOptions Options = new() { Idle = false };

    private static readonly RecordedVm Miner = Recordings.QuietThen(6, static (vm, from, to) => Array.Fill(vm.Cpu, 99.5f, from, to - from));

    private static IReadOnlyList<Alarm> Run(RecordedVm vm, ReplayOptions? options = null) => new VmReplayer(vm, options ?? Options).Run();

    [Fact]
    public void A_miner_opens_one_alarm_within_three_quarters_of_an_hour_and_closes_it_afterwards()
    {
        var alarm = Assert.Single(Run(Miner));
        Assert.Equal(FindingClass.Miner, alarm.Class);
        Assert.InRange((alarm.OpenedAt - Recordings.Onset).TotalMinutes, 30, 50);
        Assert.InRange((alarm.ClosedAt!.Value - Recordings.Onset).TotalHours, 6.5, 8);
        Assert.InRange(alarm.Score, 0.3, 0.9);
        Assert.Contains("Traffic did not rise", alarm.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_after_the_instant_is_looked_at()
    {
        var opened = Run(Miner)[0].OpenedAt;
        var visible = (int)((opened - Recordings.Start).TotalSeconds / 300);
        var cut = Recordings.QuietThen(6, static (vm, from, to) => Array.Fill(vm.Cpu, 99.5f, from, to - from));
        foreach (var column in (float[][])[cut.Cpu, cut.NetworkIn, cut.NetworkOut, cut.DiskReads, cut.DiskWrites, cut.StatusCheckFailed])
        {
            Array.Fill(column, float.NaN, visible, column.Length - visible);
        }

        Assert.Equal(opened, Assert.Single(Run(cut)).OpenedAt);
    }

    [Fact]
    public void As_a_worker_it_is_seen_at_most_a_quarter_of_an_hour_later()
    {
        var late = Run(Miner, Options with { AsWorker = true });
        Assert.InRange((Assert.Single(late).OpenedAt - Run(Miner)[0].OpenedAt).TotalMinutes, 5, 15);
    }

    [Fact]
    public void An_alarm_says_up_to_when_its_metrics_were_published()
    {
        var alarm = Assert.Single(Run(Miner));
        Assert.Equal(alarm.OpenedAt, alarm.SeenUntil);
        var late = Assert.Single(Run(Miner, Options with { AsWorker = true }));
        Assert.Equal(late.OpenedAt.AddMinutes(-Options.DelayMinutes), late.SeenUntil);
    }

    [Fact]
    public void A_download_with_its_CPU_opens_nothing()
        => Assert.Empty(Run(Recordings.QuietThen(6, static (vm, from, to) =>
        {
            Array.Fill(vm.Cpu, 99.5f, from, to - from);
            Array.Fill(vm.NetworkIn, 5_000_000, from, to - from);
        })));

    [Fact]
    public void A_spinning_core_is_a_runaway()
        => Assert.Equal(FindingClass.Runaway, Assert.Single(Run(Recordings.QuietThen(6, static (vm, from, to) => Array.Fill(vm.Cpu, 57, from, to - from)))).Class);

    [Fact]
    public void A_panic_is_found_in_ten_minutes_and_is_nothing_else_beside()
    {
        var alarm = Assert.Single(Run(Recordings.QuietThen(3, static (vm, from, to) =>
        {
            Array.Fill(vm.Cpu, 0.1f, from, to - from);
            Array.Fill(vm.NetworkOut, 0, from, to - from);
            Array.Fill(vm.StatusCheckFailed, 1, from, to - from);
        })));
        Assert.Equal(FindingClass.Panic, alarm.Class);
        Assert.Equal(Recordings.Onset.AddMinutes(10), alarm.OpenedAt);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_status_blip_is_none(int periods)
        => Assert.Empty(Run(Recordings.QuietThen(1, (vm, from, _) => Array.Fill(vm.StatusCheckFailed, 1, from, periods))));

    [Fact]
    public void A_fork_bomb_whose_metrics_fall_silent_is_found()
    {
        var alarm = Assert.Single(Run(Recordings.QuietThen(3, static (vm, from, to) =>
        {
            (vm.Cpu[from], vm.NetworkOut[from], vm.NetworkIn[from]) = (70, 500, 500);
            Array.Fill(vm.StatusCheckFailed, 1, from + 1, to - from - 1);
            foreach (var column in (float[][])[vm.Cpu, vm.NetworkOut, vm.NetworkIn, vm.DiskWrites])
            {
                Array.Fill(column, float.NaN, from + 1, to - from - 1);
            }
        })));
        Assert.Equal(FindingClass.ForkBomb, alarm.Class);
        Assert.InRange((alarm.OpenedAt - Recordings.Onset).TotalMinutes, 5, 20);
    }

    [Fact]
    public void A_recording_without_any_point_opens_nothing()
        => Assert.Empty(Run(new RecordedVm(Given.Vm(), Recordings.Start, 300, 500) { Cpu = Given.Flat(500, float.NaN) }, new ReplayOptions()));

    [Fact]
    public void A_recording_by_the_minute_is_judged_at_five_minutes()
    {
        static float[] Minutes(float[] column, int divide) => [.. column.SelectMany(value => Enumerable.Repeat(value / divide, 5))];
        var fine = new RecordedVm(Miner.Vm, Miner.Start, 60, Miner.Periods * 5)
        {
            Cpu = Minutes(Miner.Cpu, 1), NetworkIn = Minutes(Miner.NetworkIn, 5), NetworkOut = Minutes(Miner.NetworkOut, 5), DiskReads = Minutes(Miner.DiskReads, 5),
            DiskWrites = Minutes(Miner.DiskWrites, 5), StatusCheckFailed = Minutes(Miner.StatusCheckFailed, 1),
        };
        fine.Cpu[3001] = float.NaN;
        Assert.Equal(Assert.Single(Run(Miner)).OpenedAt, Assert.Single(Run(fine)).OpenedAt);
    }

    [Fact]
    public void A_recording_off_the_grid_loses_its_first_part_and_absent_parts_are_no_zeros()
    {
        var odd = Resample.ToFiveMinutes(new RecordedVm(Miner.Vm, Miner.Start.AddMinutes(2), 60, 14)
        {
            Cpu = [1, 1, 1, 10, float.NaN, 20, 30, 40, 50, float.NaN, float.NaN, float.NaN, 50, 9], NetworkIn = [1, 1, 1, 10, float.NaN, 20, 30, 40, 50, 50, 50, 50, 50, 9],
        });
        Assert.Equal((Miner.Start.AddMinutes(5), 300, 2), (odd.Start, odd.PeriodSeconds, odd.Periods));
        Assert.Equal([25, float.NaN], odd.Cpu);
        Assert.Equal([125, 250], odd.NetworkIn);
    }

    [Fact]
    public void Columns_of_another_length_are_refused()
        => Assert.Throws<ArgumentException>(() => new VmReplayer(new RecordedVm(Given.Vm(), Recordings.Start, 300, 10) { Cpu = new float[9] }, Options));

    [Fact]
    public void An_hour_of_stillness_is_idle_and_use_ends_it()
    {
        var still = Recordings.QuietThen(6, static (vm, from, to) =>
        {
            Array.Fill(vm.Cpu, 1, from, to - from);
            Array.Fill(vm.NetworkIn, 5000, from, to - from);
        });
        var alarm = Assert.Single(Run(still, new ReplayOptions()));
        Assert.Equal(FindingClass.Idle, alarm.Class);
        Assert.InRange((alarm.OpenedAt - Recordings.Onset).TotalMinutes, 50, 70);
        Assert.NotNull(alarm.ClosedAt);
    }
}
