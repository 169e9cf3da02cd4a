using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Screening;

namespace Watchdog.Tests.Detection;

public class RecallTests
{
    private const string Python = "/usr/bin/python3";
    private static readonly IndicatorSet Indicators = new(Given.Indicators, [new Indicator(IndicatorKind.Name, "xmrig"), new Indicator(IndicatorKind.Pool, "pool.example")]);

    [Fact]
    public void A_new_plateau_at_a_remembered_level_is_looked_into_and_not_triaged()
    {
        var subject = Given.Subject(Remembered(), level: 94);
        Assert.True(Recall.IsDue(subject, Given.Now, Given.Indicators));
        Assert.False(Plateaus.NeedsTriage(subject, Given.Now, Given.Indicators));

        subject.After = Recall.Begin(subject.After!, subject.Screen!.Value, Given.Now);
        Assert.False(Plateaus.NeedsTriage(subject, Given.Now, Given.Indicators));
        Assert.True(Inspections.IsOwed(subject.After, Given.Now));
    }

    [Fact]
    public void Another_level_other_indicators_a_plateau_that_goes_on_and_a_memory_without_a_program_are_no_matter_for_it()
    {
        var known = Remembered();
        Assert.False(IsDue(Given.Subject(known, level: 70)));
        Assert.False(IsDue(Given.Subject(known, ScreenOutcome.Hot)));
        Assert.False(IsDue(Given.Subject(known with { DueAt = Given.Now })));
        Assert.False(Recall.IsDue(Given.Subject(known), Given.Now, "newer"));
        Assert.False(IsDue(Given.Subject(known with { Detail = known.Detail with { Triage = Given.Plateau(), TriagedAt = Given.Now.AddHours(-1) } })));
        var nameless = Given.Subject(known with { Detail = known.Detail with { Cleared = known.Detail.Cleared! with { Executable = null } } });
        Assert.False(IsDue(nameless));
        Assert.True(Plateaus.NeedsTriage(nameless, Given.Now, Given.Indicators));

        static bool IsDue(Subject subject) => Recall.IsDue(subject, Given.Now, Given.Indicators);
    }

    [Fact]
    public void The_remembered_program_on_top_renews_the_memory_and_the_plateau_is_left_alone_for_hours()
    {
        var after = AfterLook(GuestReading.Of(Given.Snapshot()));

        Assert.Equal((SuspectStage.Benign, Given.Now.AddDays(14)), (after.Stage, after.DueAt));
        Assert.Equal((Given.Now, 95f, Python), (after.Detail.Cleared!.At, after.Detail.Cleared.Level, after.Detail.Cleared.Executable));
        var later = Given.Subject(after);
        Assert.False(Recall.IsDue(later, Given.Now.AddHours(5), Given.Indicators));
        Assert.False(Plateaus.NeedsTriage(later, Given.Now.AddHours(5), Given.Indicators));
        Assert.True(Recall.IsDue(later, Given.Now.AddHours(6), Given.Indicators));
    }

    public static TheoryData<string, GuestReading> Voids => new()
    {
        { "another program", With(Given.Snapshot().TopProcesses[0] with { Exe = "/home/dev/worker" }) },
        { "the same name elsewhere", With(Given.Snapshot().TopProcesses[0] with { Exe = "/tmp/python3" }) },
        { "a miner beside it", With(Given.Snapshot().TopProcesses[0], Given.Snapshot().TopProcesses[0] with { Pid = 8, Exe = "/opt/xmrig", Comm = "xmrig", CpuSeconds = 40 }) },
        { "a busy program in a temporary folder beside it", With(Given.Snapshot().TopProcesses[0], Given.Snapshot().TopProcesses[0] with { Pid = 8, Exe = "/dev/shm/a", CpuSeconds = 4000 }) },
        { "a pool", GuestReading.Of(Given.Snapshot() with { Connections = [new GuestConnection(7, "a.pool.example", 443, 50_000, true, double.NaN)] }) },
        { "a text cut short", GuestReading.Of(Given.Snapshot() with { Complete = false }) },
        { "no process at all", With() },
        { "an agent that is gone", GuestReading.AgentLost(Given.Now.AddMinutes(-9)) },
        { "an agent that was removed", GuestReading.NotAsked },
    };

    [Theory]
    [MemberData(nameof(Voids))]
    public void Whatever_is_not_the_remembered_program_alone_voids_the_memory(string what, GuestReading reading)
    {
        var after = AfterLook(reading);

        Assert.True(after is { Stage: SuspectStage.Triage, Detail: { Cleared: null, Triage: null } }, what);
        Assert.True(Plateaus.NeedsTriage(Given.Subject(after), Given.Now, Given.Indicators));
        Assert.Equal(SuspectStage.Inspection, Plateaus.AfterTriage(Given.Subject(after), Given.Plateau(), true, Given.Indicators, Given.Now, Given.Options).Stage);
    }

    [Fact]
    public void A_slow_guest_and_a_look_that_nobody_could_begin_leave_it_to_level_and_traffic()
    {
        var slow = AfterLook(GuestReading.TimedOut);
        Assert.Equal(SuspectStage.Benign, Plateaus.AfterTriage(Given.Subject(slow), Given.Plateau(), true, Given.Indicators, Given.Now, Given.Options).Stage);
        Assert.Equal(SuspectStage.Inspection, Plateaus.AfterTriage(Given.Subject(slow), Given.Plateau(network: 90), true, Given.Indicators, Given.Now, Given.Options).Stage);

        var owed = Begun();
        Assert.Same(owed, Recall.AfterLook(owed, Indicators, Given.Now, Given.Options));
        Assert.Equal(SuspectStage.Recall, Suspicion.After(Given.Subject(owed), false, Given.Now.AddMinutes(29), Given.Options)!.Stage);
        Assert.Equal(SuspectStage.Triage, Suspicion.After(Given.Subject(owed), false, Given.Now.AddMinutes(30), Given.Options)!.Stage);
    }

    [Fact]
    public void A_plateau_that_ends_before_the_look_leaves_the_memory_as_it_was_and_an_episode_ends_it()
    {
        var calm = Suspicion.After(Given.Subject(Begun(), ScreenOutcome.Quiet), false, Given.Now, Given.Options)!;
        Assert.Equal((SuspectStage.Benign, Given.Now.AddDays(11)), (calm.Stage, calm.DueAt));
        Assert.Equal(SuspectStage.Inspection, Suspicion.After(Given.Subject(Begun()), true, Given.Now, Given.Options)!.Stage);
    }

    [Fact]
    public void The_busiest_executable_is_kept_bounded_clean_and_summed_over_short_processes()
    {
        var compiler = Given.Snapshot().TopProcesses[0] with { Exe = "/usr/libexec/gcc/cc1plus", AgeSeconds = 4, CpuSeconds = 3 };
        var make = Given.Snapshot().TopProcesses[0] with { Exe = "/usr/bin/ld", AgeSeconds = 4, CpuSeconds = 4 };
        Assert.Equal("/usr/libexec/gcc/cc1plus", BusiestExecutable.Of(Given.Snapshot() with { TopProcesses = [make, compiler, compiler] }));
        Assert.Equal("/a?b", BusiestExecutable.Of(Given.Snapshot() with { TopProcesses = [make with { Exe = "/a\u001bb (deleted)" }] }));
        Assert.Equal(128, BusiestExecutable.Of(Given.Snapshot() with { TopProcesses = [make with { Exe = "/" + new string('x', 500) }] })!.Length);
        Assert.Null(BusiestExecutable.Of(Given.Snapshot() with { TopProcesses = [make with { Exe = "" }] }));
        Assert.Null(BusiestExecutable.Of(Given.Snapshot() with { TopProcesses = [] }));
    }

    private static GuestReading With(params GuestProcess[] processes) => GuestReading.Of(Given.Snapshot() with { TopProcesses = processes });

    private static Suspect Remembered() => Given.Suspect(SuspectStage.Benign, new()
    {
        Triage = Given.Plateau(onset: Given.Now.AddDays(-3)), TriagedAt = Given.Now.AddDays(-3), Indicators = Given.Indicators,
        Cleared = new ClearedPlateau(Given.Now.AddDays(-3), 95, 25, 0.02, Given.Indicators, Python),
    });

    private static Suspect Begun() => Recall.Begin(Remembered(), Given.Subject(null).Screen!.Value, Given.Now);

    private static Suspect AfterLook(GuestReading reading) =>
        Recall.AfterLook(Begun() with { Detail = Begun().Detail with { Guest = reading, LookedAt = Given.Now } }, Indicators, Given.Now, Given.Options);
}
