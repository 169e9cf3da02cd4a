using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detectors.Tests.Screening;

public class CohortTests
{
    private const float Absent = float.NaN;
    private static readonly ScreenOptions Options = new();
    private static readonly Cohort Calm = new("m5.large", "ami-1", 40, 20);

    private static ScreenResult Judge(float[] cpu, Cohort? cohort, VmFacts? vm = null)
        => Screen.Judge(vm ?? Young, Given.Until(Given.Noon, cpu), default, Given.Noon, Options, cohort);

    private static VmFacts Young => Given.Vm(hoursUp: 3);

    private static float LevelOf(float[] p95s, long endHour) => Cohort.LevelOf(new Baseline(Given.Flat(72, 3), p95s, endHour), Given.Noon, Options);

    private static long NoonHour => Given.Noon.ToUnixTimeSeconds() / 3600;

    [Fact]
    public void A_new_VM_above_its_cohort_for_half_an_hour_is_looked_into_and_the_reason_names_the_cohort()
    {
        var seen = Judge(Given.Flat(9, 45), Calm);
        Assert.Equal(ScreenOutcome.ColdHot, seen.Outcome);
        Assert.True(seen.Suspicious);
        Assert.Contains("the cohort of 40 VMs of m5.large with image ami-1 is usually at 20 % or less", seen.Reason(), StringComparison.Ordinal);
        Assert.EndsWith(".", seen.Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_cohort_that_level_is_no_reason() => Assert.False(Judge(Given.Flat(9, 45), null).Suspicious);

    [Fact]
    public void At_its_cohorts_level_it_is_left_alone() => Assert.False(Judge(Given.Flat(9, 27), Calm).Suspicious);

    [Fact]
    public void Five_points_are_not_half_an_hour() => Assert.False(Judge([3, 3, 3, 3, .. Given.Flat(5, 45)], Calm).Suspicious);

    [Fact]
    public void Absent_points_neither_help_nor_hide()
    {
        Assert.True(Judge([45, Absent, 45, 45, Absent, 45, 45, 45], Calm).Suspicious);
        Assert.Equal(ScreenOutcome.CannotTell, Judge(Given.Flat(9, Absent), Calm).Outcome);
    }

    [Fact]
    public void A_cohort_that_is_always_busy_is_no_cover_for_a_hot_VM()
    {
        var seen = Judge(Given.Flat(9, 97), Calm with { Usual = 99 });
        Assert.Equal(ScreenOutcome.ColdHot, seen.Outcome);
        Assert.Null(seen.Cohort);
    }

    [Fact]
    public void Nothing_under_the_floor_is_worth_a_look() => Assert.False(Judge(Given.Flat(9, 11), Calm with { Usual = 0 }).Suspicious);

    [Fact]
    public void Only_a_new_VM_that_is_neither_low_nor_suspicious_asks_for_its_cohort()
    {
        Assert.True(Asks(Given.Flat(9, 45), Young));
        Assert.False(Asks(Given.Flat(9, 5), Young));
        Assert.False(Asks(Given.Flat(9, 97), Young));
        Assert.False(Asks(Given.Flat(9, Absent), Young));
        Assert.False(Asks(Given.Flat(9, 45), Given.Vm(hoursUp: 30)));
        Assert.False(Asks(Given.Flat(9, 45), Young with { LaunchTime = null }));
        Assert.False(Asks(Given.Flat(9, 45), Young with { LaunchTime = Given.Noon.AddMinutes(5) }));
    }

    [Fact]
    public void A_VM_with_a_usual_level_of_its_own_does_not_ask()
    {
        var baseline = new Baseline(Given.Flat(72, 3), Given.Flat(72, 60), NoonHour);
        var seen = Screen.Judge(Young, Given.Until(Given.Noon, Given.Flat(9, 45)), baseline, Given.Noon, Options);
        Assert.False(Screen.AsksCohort(Young, seen, Given.Noon, Options));
    }

    [Fact]
    public void A_member_counts_by_its_own_history_without_the_newest_hours()
    {
        Assert.Equal(8, LevelOf(Given.Flat(72, 8), NoonHour), 0.01f);
        // What rose within the lag is not usual yet.
        Assert.Equal(8, LevelOf([.. Given.Flat(69, 8), 99, 99, 99], NoonHour), 0.01f);
        // Fourteen hours, of which the lag takes three.
        float[] few = [.. Given.Flat(58, Absent), .. Given.Flat(14, 8)];
        Assert.True(float.IsNaN(Cohort.LevelOf(new Baseline(few, few, NoonHour), Given.Noon, Options)));
        Assert.True(float.IsNaN(Cohort.LevelOf(default, Given.Noon, Options)));
    }

    [Fact]
    public void Too_few_known_members_are_no_cohort()
    {
        Assert.Null(Cohort.Of("m5.large", "ami-1", [], Options));
        Assert.Null(Cohort.Of("m5.large", "ami-1", [.. Given.Flat(7, 8), .. Given.Flat(50, Absent)], Options));
        Assert.Null(Cohort.Of("m5.large", "ami-1", Given.Flat(9, Absent), Options with { CohortMembers = 0 }));

        var cohort = Cohort.Of("m5.large", null, [.. Given.Flat(6, 8), 30, 90, Absent], Options);
        Assert.Equal(8, cohort!.Members);
        Assert.InRange(cohort.Usual, 8, 30);
        Assert.DoesNotContain("image", cohort.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Triage_weighs_it_less_than_a_VMs_own_past_and_tells_the_reason()
    {
        var cpu = Given.Flat(36, 45);
        var context = new ContextWindows { Cpu = Given.Until(Given.Noon, cpu), NetworkIn = Given.Until(Given.Noon, Given.Flat(36, 2000)), NetworkOut = Given.Until(Given.Noon, Given.Flat(36, 2000)) };
        var result = Triage.Judge(Young, context, Judge(cpu, Calm), Given.Noon, new TriageOptions());
        Assert.Equal(TriageOutcome.Suspicion, result.Outcome);
        Assert.Contains(result.Evidence, piece => piece.Code == Weights.AboveCohort.Code);
        Assert.Contains("the cohort of 40 VMs", result.Reason, StringComparison.Ordinal);
        Assert.True(Weights.AboveCohort.LogOdds < Weights.NovelPlateau.LogOdds);
    }

    private static bool Asks(float[] cpu, VmFacts vm)
        => Screen.AsksCohort(vm, Screen.Judge(vm, Given.Until(Given.Noon, cpu), default, Given.Noon, Options), Given.Noon, Options);
}
