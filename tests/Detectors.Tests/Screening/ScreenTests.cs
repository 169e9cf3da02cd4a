using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detectors.Tests.Screening;

public class ScreenTests
{
    private const float Absent = float.NaN;
    private static readonly ScreenOptions Options = new();
    private readonly float[] _means = Given.Flat(72, 3);
    private readonly float[] _p95s = Given.Flat(72, 8);

    private ScreenResult Judge(float[] cpu, VmFacts? vm = null, bool history = true)
        => Screen.Judge(vm ?? Given.Vm(), Given.Until(Given.Noon, cpu), history ? new Baseline(_means, _p95s, Given.Noon.ToUnixTimeSeconds() / 3600) : default, Given.Noon, Options);

    [Fact]
    public void Nothing_known_cannot_be_told()
    {
        Assert.Equal(ScreenOutcome.CannotTell, Judge(Given.Flat(36, Absent)).Outcome);
        Assert.Equal(ScreenOutcome.CannotTell, Judge([]).Outcome);
        Assert.Equal(ScreenOutcome.CannotTell, Judge([.. Given.Flat(30, 99), .. Given.Flat(6, Absent)]).Outcome);
    }

    [Fact]
    public void A_window_that_ended_long_ago_cannot_tell_about_now()
        => Assert.Equal(ScreenOutcome.CannotTell,
            Screen.Judge(Given.Vm(), Given.Until(Given.Noon.AddHours(-1), Given.Flat(36, 99)), default, Given.Noon, Options).Outcome);

    [Fact]
    public void The_usual_level_is_quiet() => Assert.Equal(ScreenOutcome.Quiet, Judge(Given.Flat(36, 9)).Outcome);

    [Fact]
    public void A_new_level_is_novel_after_three_quarters_of_an_hour()
    {
        var seen = Judge(Given.Step(27, 3, 9, 60));
        Assert.Equal(ScreenOutcome.Novel, seen.Outcome);
        Assert.Equal(Given.Noon.AddMinutes(-45), seen.Onset);
        Assert.Equal(60, seen.Level, 0.5f);
    }

    [Fact]
    public void One_absent_and_one_low_point_do_not_hide_a_plateau()
    {
        var cpu = Given.Step(25, 3, 11, 60);
        cpu[^4] = Absent;
        cpu[^6] = 3;
        Assert.Equal(ScreenOutcome.Novel, Judge(cpu).Outcome);
    }

    [Fact]
    public void A_short_burst_is_hot_and_no_more() => Assert.Equal(ScreenOutcome.Hot, Judge(Given.Step(33, 3, 3, 90)).Outcome);

    [Fact]
    public void A_level_that_is_usual_for_this_VM_is_quiet_however_high()
    {
        Array.Fill(_means, 95);
        Array.Fill(_p95s, 98);
        Assert.Equal(ScreenOutcome.Quiet, Judge(Given.Flat(36, 99)).Outcome);
    }

    [Fact]
    public void A_VM_without_history_that_is_hot_for_half_an_hour_is_looked_into()
        => Assert.Equal(ScreenOutcome.ColdHot, Judge(Given.Flat(6, 97), history: false).Outcome);

    [Fact]
    public void Absent_points_between_do_not_save_it()
        => Assert.Equal(ScreenOutcome.ColdHot, Judge([97, Absent, 97, 97, Absent, 97, 97, 97], history: false).Outcome);

    [Fact]
    public void Five_hot_points_are_not_enough()
        => Assert.Equal(ScreenOutcome.Hot, Judge([.. Given.Flat(4, 3), .. Given.Flat(5, 97)], history: false).Outcome);

    [Fact]
    public void Boot_work_is_disregarded()
    {
        var vm = Given.Vm() with { LaunchTime = Given.Noon.AddMinutes(-30) };
        Assert.NotEqual(ScreenOutcome.ColdHot, Judge(Given.Flat(6, 97), vm, history: false).Outcome);
    }

    [Fact]
    public void Points_of_an_earlier_run_still_count()
    {
        var vm = Given.Vm() with { LaunchTime = Given.Noon.AddMinutes(-5) };
        Assert.Equal(ScreenOutcome.ColdHot, Judge(Given.Flat(12, 97), vm, history: false).Outcome);
    }

    [Fact]
    public void Without_history_a_step_within_the_window_is_novel()
        => Assert.Equal(ScreenOutcome.Novel, Judge(Given.Step(20, 2, 10, 27), Given.Vm(4), history: false).Outcome);

    [Fact]
    public void Bursts_too_short_for_a_plateau_are_gathered_over_a_day()
    {
        for (var i = 60; i < 72; i++)
        {
            (_means[i], _p95s[i]) = (45, 99);
        }

        float[] hour = [100, 100, 100, 2, 2, 2, 100, 100, 100, 2, 2, 2];
        Assert.Equal(ScreenOutcome.SlowNovel, Judge([.. hour, .. hour, .. hour]).Outcome);
    }

    [Fact]
    public void Bursts_that_ended_are_gathered_no_longer()
    {
        for (var i = 50; i < 60; i++)
        {
            (_means[i], _p95s[i]) = (45, 99);
        }

        Assert.Equal(ScreenOutcome.Quiet, Judge(Given.Flat(36, 13)).Outcome);
    }

    [Fact]
    public void A_floor_under_the_VMs_own_peaks_is_seen()
    {
        Array.Fill(_p95s, 60);
        Assert.Equal(ScreenOutcome.SlowNovel, Judge(Given.Flat(36, 30)).Outcome);
    }

    [Theory]
    [InlineData(ScreenOutcome.CannotTell)]
    [InlineData(ScreenOutcome.Quiet)]
    [InlineData(ScreenOutcome.Hot)]
    [InlineData(ScreenOutcome.Novel)]
    [InlineData(ScreenOutcome.ColdHot)]
    [InlineData(ScreenOutcome.SlowNovel)]
    public void Every_outcome_has_its_reason(ScreenOutcome outcome)
        => Assert.EndsWith(".", new ScreenResult(outcome, Given.Noon, 50, 8, 9, 8, 40).Reason(), StringComparison.Ordinal);

    [Fact]
    public void A_quiet_VM_allocates_nothing()
    {
        var cpu = Given.Step(18, 4, 18, 14);
        var vm = Given.Vm();
        ScreenOutcome outcome = default;
        for (var i = 0; i < 100; i++)
        {
            outcome = Once();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            outcome = Once();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(ScreenOutcome.Quiet, outcome);

        ScreenOutcome Once()
        {
            var window = new MetricWindow(Given.Noon.AddHours(-3), 300, cpu);
            var seen = Screen.Judge(vm, window, new Baseline(_means, _p95s, Given.Noon.ToUnixTimeSeconds() / 3600), Given.Noon, Options);
            return Attention.Of(vm, window, seen, Given.Noon) == ContextNeed.None ? seen.Outcome : ScreenOutcome.Hot;
        }
    }
}
