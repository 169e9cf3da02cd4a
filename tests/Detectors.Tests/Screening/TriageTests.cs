using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detectors.Tests.Screening;

public class TriageTests
{
    private const int Before = 480;
    private const int During = 9;
    private static readonly TriageOptions Options = new();
    private static readonly ScreenResult Novel = new(ScreenOutcome.Novel, Given.Noon.AddMinutes(-45), 99, 4, 9, 9, 60);

    private static TriageResult Judge(float[]? networkIn, float[]? networkOut, float[]? reads = null, float[]? writes = null, float[]? cpu = null,
        ScreenResult? screen = null, VmFacts? vm = null, float[]? credits = null)
    {
        var context = new ContextWindows
        {
            Cpu = Given.Until(Given.Noon, cpu ?? Given.Step(Before, 2, During, 99)),
            NetworkIn = Given.Until(Given.Noon, networkIn ?? []),
            NetworkOut = Given.Until(Given.Noon, networkOut ?? []),
            DiskReads = Given.Until(Given.Noon, reads ?? Given.Flat(Before + During, 0)),
            DiskWrites = Given.Until(Given.Noon, writes ?? Given.Flat(Before + During, 80)),
            Credits = Given.Until(Given.Noon, credits ?? []),
        };
        return Triage.Judge(vm ?? Given.Vm(), context, screen ?? Novel, Given.Noon, Options);
    }

    private static float[] Traffic(float before, float during) => Given.Step(Before, before, During, during);

    [Fact]
    public void CPU_that_rises_alone_is_suspicious()
    {
        var found = Judge(Traffic(4000, 9000), Traffic(4000, 9000));
        Assert.Equal(TriageOutcome.Suspicion, found.Outcome);
        Assert.Contains(found.Evidence, static piece => piece.Code == "no-added-network");
        Assert.Equal(99, found.Level, 0.5f);
        Assert.Equal(2, found.Usual, 0.5f);
    }

    [Fact]
    public void Traffic_that_rises_with_it_explains_it()
    {
        var found = Judge(Traffic(4000, 4_000_000), Traffic(4000, 90_000));
        Assert.Equal(TriageOutcome.Explained, found.Outcome);
        Assert.True(found.NetworkPerCoreSecond > 1000);
    }

    [Fact]
    public void A_download_beyond_what_is_usual_explains_it_even_on_many_cores()
        => Assert.Equal(TriageOutcome.Explained, Judge(Traffic(6000, 90_000), Traffic(6000, 6000), vm: Given.Vm(8)).Outcome);

    [Fact]
    public void A_VM_that_went_over_to_other_work_is_left_alone()
        => Assert.Equal(TriageOutcome.Explained, Judge(Traffic(6000, 6000), Traffic(312_000, 160_000)).Outcome);

    [Fact]
    public void Disk_work_that_rises_with_it_explains_it()
        => Assert.Equal(TriageOutcome.Explained, Judge(Traffic(4000, 4000), Traffic(4000, 4000), writes: Traffic(80, 9000)).Outcome);

    [Fact]
    public void A_days_load_over_a_nights_does_not_hide_a_miner_where_the_VM_has_shown_what_its_traffic_costs()
    {
        var cpu = Given.Step(Before, 12, During, 99);
        Assert.Equal(TriageOutcome.Suspicion, Judge(Traffic(2_000_000, 3_000_000), Traffic(5_000_000, 6_500_000), cpu: cpu, screen: Novel with { Usual = 20 }).Outcome);
        Assert.Equal(TriageOutcome.Explained, Judge(Traffic(2_000_000, 16_000_000), Traffic(5_000_000, 40_000_000), cpu: cpu, screen: Novel with { Usual = 20 }).Outcome);
    }

    [Fact]
    public void A_miners_log_explains_nothing()
        => Assert.Equal(TriageOutcome.Suspicion, Judge(Traffic(2400, 4100), Traffic(2900, 4700), writes: Traffic(88, 270)).Outcome);

    [Fact]
    public void Absent_traffic_neither_explains_nor_exculpates_and_the_reason_says_so()
    {
        var found = Judge(null, Given.Flat(Before + During, float.NaN));
        Assert.Equal(TriageOutcome.Suspicion, found.Outcome);
        Assert.True(found.ContextAbsent);
        Assert.Contains("absent", found.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(found.Evidence, static piece => piece.Family == Family.NetworkShape);
    }

    [Fact]
    public void Absent_CPU_cannot_be_told()
        => Assert.Equal(TriageOutcome.CannotTell, Judge(null, null, cpu: Given.Flat(Before + During, float.NaN)).Outcome);

    [Fact]
    public void A_level_of_yesterday_is_not_new()
        => Assert.Equal(TriageOutcome.Benign, Judge(Traffic(4000, 4000), Traffic(4000, 4000),
            cpu: [.. Given.Flat(100, 98), .. Given.Flat(Before - 100, 2), .. Given.Flat(During, 99)]).Outcome);

    [Fact]
    public void A_plateau_longer_than_the_screens_window_is_followed_to_its_start()
    {
        var found = Judge(Traffic(4000, 4000), Traffic(4000, 4000), cpu: Given.Step(Before + During - 100, 2, 100, 99),
            screen: Novel with { Onset = Given.Noon.AddHours(-3) });
        Assert.Equal(Given.Noon.AddMinutes(-500), found.Onset);
        Assert.Equal(TriageOutcome.Suspicion, found.Outcome);
    }

    [Fact]
    public void An_old_VM_of_which_nothing_before_is_known_cannot_be_told()
    {
        var cold = new ScreenResult(ScreenOutcome.ColdHot, Given.Noon.AddMinutes(-45), 99, float.NaN, 7, 7, 0);
        Assert.Equal(TriageOutcome.CannotTell, Judge(Given.Flat(9, 4000), Given.Flat(9, 4000), Given.Flat(9, 0), Given.Flat(9, 0), Given.Flat(9, 99), cold).Outcome);
        Assert.Equal(TriageOutcome.Suspicion,
            Judge(Given.Flat(9, 4000), Given.Flat(9, 4000), Given.Flat(9, 0), Given.Flat(9, 0), Given.Flat(9, 99), cold, Given.Vm(hoursUp: 1)).Outcome);
    }

    [Fact]
    public void Whole_cores_without_traffic_look_like_a_spin()
    {
        Assert.Equal(FindingClass.Runaway, Judge(Traffic(4000, 4000), Traffic(4000, 4000), cpu: Given.Step(Before, 1, During, 51), screen: Novel with { Level = 51 }).Class);
        Assert.Equal(FindingClass.Miner, Judge(Traffic(4000, 14_000), Traffic(4000, 14_000)).Class);
    }

    [Fact]
    public void Credits_that_ran_out_are_told()
        => Assert.Contains(Judge(Traffic(4000, 4000), Traffic(4000, 4000), credits: [.. Given.Flat(Before, 144), .. Given.Flat(During, 0)]).Evidence,
            static piece => piece.Family == Family.Credits);
}
