using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Replaying;

namespace Watchdog.Detectors.Tests.Replaying;

public class ScoringTests
{
    private static readonly DateTimeOffset T = Recordings.Start;

    private static RecordedVm Vm(string id, float cpu = 3) => new(new VmFacts(id, null, 2, null, null), T, 300, 288) { Cpu = Given.Flat(288, cpu) };

    private static Truth Event(string id, string label, double from, double to, string notes = "OVERLAY full level") => new(id, label, T.AddHours(from), T.AddHours(to), notes);

    private static Alarm At(string id, double hours, FindingClass @class = FindingClass.Miner) => new(id, @class, T.AddHours(hours), null, 0.5, "CPU.");

    private static Score Of(Truth[] truths, params Alarm[] alarms) => Scoring.Of([Vm("a"), Vm("b"), Vm("c", 50)], truths, alarms);

    [Fact]
    public void An_alarm_from_start_to_half_an_hour_after_the_end_hits()
    {
        Truth[] truths = [Event("a", "miner", 10, 12)];
        Assert.Equal(1, Of(truths, At("a", 10)).Recall);
        Assert.Equal(1, Of(truths, At("a", 12.5)).Recall);
        Assert.Equal(0, Of(truths, At("a", 12.6)).Recall);
        Assert.Equal(0, Of(truths, At("a", 9.9)).Recall);
        Assert.Equal(0, Of(truths, At("b", 11)).Recall);
    }

    [Fact]
    public void Latency_runs_to_the_start_of_the_deciding_sample()
        => Assert.Equal(25, Of([Event("a", "miner", 10, 12)], At("a", 10.5), At("a", 11)).Classes["miner"].MedianMinutes, 0.01);

    [Fact]
    public void False_alarms_of_a_VM_within_six_hours_are_one_episode()
    {
        var score = Of([Event("a", "miner", 10, 12), Event("b", "benign", 0, 24, "REAL busy")], At("a", 11), At("b", 1), At("b", 6.9), At("b", 7.1), At("b", 8));
        Assert.Equal(2, score.FalseEpisodes);
        Assert.Equal(0.5, score.Precision);
        Assert.Equal(3, score.VmDays, 0.001);
        Assert.Equal(2000d / 3, score.FalsePerThousandVmDays, 0.001);
        Assert.Equal(2000, score.FalseByStratum["busy"], 0.001);
        Assert.Equal(4, score.FalseAlarms.Count);
    }

    [Fact]
    public void The_class_is_judged_by_the_first_hit()
    {
        var score = Of([Event("a", "forkbomb", 10, 12)], At("a", 10.2, FindingClass.Panic), At("a", 10.4, FindingClass.ForkBomb)).Classes["forkbomb"];
        Assert.Equal(1, score.Hit);
        Assert.Equal(0, score.RightClass);
    }

    [Fact]
    public void Idle_alarms_neither_hit_abuse_nor_are_false_and_are_wrong_only_in_use()
    {
        var score = Of([Event("a", "idle", 2, 20, "REAL whole"), Event("b", "miner", 2, 20)], At("a", 3, FindingClass.Idle), At("b", 3, FindingClass.Idle), At("c", 3, FindingClass.Idle));
        Assert.Equal(1, score.Classes["idle"].Recall);
        Assert.Equal(0, score.Recall);
        Assert.Equal(0, score.FalseEpisodes);
        Assert.Equal(3, score.IdleOpened);
        Assert.Equal(1, score.IdleInUse);
    }

    [Fact]
    public void Use_that_was_not_published_when_an_idle_alarm_was_opened_is_counted_apart()
    {
        var vm = Vm("a");
        vm.Cpu[40] = 60;
        var late = new Alarm("a", FindingClass.Idle, T.AddMinutes(41 * 5), null, 0.5, "CPU.") { SeenUntil = T.AddMinutes(40 * 5) };
        var score = Scoring.Of([vm], [], [late]);
        Assert.Equal((1, 0, 1), (score.IdleOpened, score.IdleInUse, score.IdleUnpublishedUse));

        score = Scoring.Of([vm], [], [late with { SeenUntil = late.OpenedAt }]);
        Assert.Equal((1, 1, 0), (score.IdleOpened, score.IdleInUse, score.IdleUnpublishedUse));
    }

    [Fact]
    public void Misses_are_told_with_their_notes() => Assert.Contains("full", Assert.Single(Of([Event("a", "miner", 1, 2)]).Misses).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("miner", "OVERLAY duty level=100%", "miner/duty")]
    [InlineData("miner", "OVERLAY from first boot, full level=100%", "miner/first-boot")]
    [InlineData("miner", "OVERLAY t-class standard credits, full", "miner/credits")]
    [InlineData("runaway", "OVERLAY 1 of 2 cores spin, no I/O", "runaway/spin")]
    [InlineData("benign", "REAL busy", "benign/busy")]
    [InlineData("benign", "", "benign/other")]
    public void Kinds_are_read_out_of_the_notes(string label, string notes, string kind) => Assert.Equal(kind, Kind.Of(Event("a", label, 0, 1, notes)));
}
