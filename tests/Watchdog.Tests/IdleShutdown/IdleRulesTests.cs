using FsCheck;
using FsCheck.Fluent;
using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Idle;
using Watchdog.IdleShutdown;
using Watchdog.Telemetry;

namespace Watchdog.Tests.IdleShutdown;

public sealed class IdleRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly IdlePolicy Policy = IdlePolicies.Of(new IdleShutdownOptions { StartGraceMinutes = 120 }, null);

    [Fact]
    public void A_vm_that_nothing_keeps_is_idle_and_says_by_what_numbers()
    {
        var verdict = Judge(Quiet());
        Assert.True(verdict.Idle, verdict.Reason);
        Assert.Equal(Now, verdict.StopsAt);
        Assert.Contains("CPU stayed under", verdict.Reason, StringComparison.Ordinal);
    }

    public static TheoryData<string> Codes =>
    [
        "opt-out", "keep-until", "job", "hold", "case", "suspected", "uptime", "started-again", "autoscaling", "spot", "health-unknown", "health", "state",
        "metrics-unknown", "cpu", "cpu-unknown", "network", "network-unknown", "not-looked", "agent", "look-unreadable", "session", "connection", "process", "gpu",
    ];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_keeper_keeps_by_itself(string code)
    {
        var verdict = Judge(With(Quiet(), code));
        Assert.Equal([code], verdict.Keepers.Select(keeper => keeper.Code));
        Assert.False(verdict.Idle);
    }

    [Fact]
    public void What_keeps_until_an_instant_says_when_the_vm_would_be_stopped()
    {
        Assert.Equal(Now.AddHours(3), Judge(With(Quiet(), "hold")).StopsAt);
        Assert.Equal(Now.AddMinutes(-30 + 60), Judge(With(Quiet(), "cpu")).StopsAt);
        Assert.Null(Judge(With(With(Quiet(), "hold"), "session")).StopsAt);
    }

    [Fact]
    public void A_process_that_rested_since_the_earlier_look_does_not_keep_for_its_busy_youth()
    {
        var before = Look("", ",\"cpu\":4000.0", 7_200);
        var facts = Quiet() with { Guest = new IdleGuest(true, Look("", ",\"cpu\":4000.0", 7_500), before) };
        Assert.Equal("process", Assert.Single(Judge(facts with { Guest = facts.Guest! with { Earlier = null } }).Keepers).Code);
        Assert.DoesNotContain(Judge(facts).Keepers, keeper => keeper.Code == "process");
    }

    [Fact]
    public void A_policy_of_half_an_hour_stops_what_rested_so_long_and_one_of_four_hours_does_not()
    {
        var facts = Quiet() with { Metrics = Quiet().Metrics! with { Cpu = Points([.. Flat(60)[..28], .. Flat(1)[..8]]) } };
        var half = IdleRules.Judge(facts, IdlePolicies.Of(new IdleShutdownOptions { Minutes = 30 }, null), new IdleOptions());
        Assert.True(half.Idle, half.Reason);
        Assert.Contains("for 30 min", half.Reason, StringComparison.Ordinal);
        Assert.Equal("cpu", Assert.Single(Judge(facts).Keepers).Code);
        Assert.Contains(IdleRules.Judge(Quiet(), IdlePolicies.Of(new IdleShutdownOptions { Minutes = 240 }, null), new IdleOptions()).Keepers, keeper => keeper.Code == "cpu-unknown");
    }

    [Fact]
    public void Absent_data_never_makes_idle() => Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(1, 63).ToArbitrary(), missing =>
    {
        var facts = Quiet();
        facts = (missing & 1) != 0 ? facts with { Metrics = null } : facts;
        facts = (missing & 2) != 0 ? facts with { Guest = null } : facts;
        facts = (missing & 4) != 0 ? facts with { Guest = IdleGuest.Silent } : facts;
        facts = (missing & 8) != 0 ? facts with { Record = facts.Record with { Status = null } } : facts;
        facts = (missing & 16) != 0 && facts.Metrics is { } a ? facts with { Metrics = a with { Cpu = Absent(a.Cpu) } } : facts;
        facts = (missing & 32) != 0 && facts.Metrics is { } b ? facts with { Metrics = b with { NetworkIn = Absent(b.NetworkIn) } } : facts;
        return !Judge(facts).Idle;
    }));

    [Fact]
    public void More_activity_never_makes_a_stop_earlier() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(0, 20), 36).ToArbitrary(), Gen.ArrayOf(Gen.Choose(0, 20), 36).ToArbitrary(), (base_, more) =>
        {
            float[] less = [.. base_.Select(value => (float)value)];
            float[] greater = [.. base_.Zip(more, (value, extra) => (float)(value + extra))];
            var (first, second) = (StopOf(less), StopOf(greater));
            return second is null || (first is not null && second >= first);
        }));

    [Fact]
    public void Settings_that_make_no_sense_are_named()
    {
        var validator = new IdleShutdownOptionsValidator();
        Assert.False(validator.Validate(null, new IdleShutdownOptions()).Failed);
        Assert.Contains("WithoutAgent", validator.Validate(null, new IdleShutdownOptions { WithoutAgent = "30" }).FailureMessage, StringComparison.Ordinal);
        Assert.Contains("three different keys", validator.Validate(null, new IdleShutdownOptions { JobTag = "watchdog:keep" }).FailureMessage, StringComparison.Ordinal);
    }

    private static DateTimeOffset? StopOf(float[] cpu) => Judge(Quiet() with { Metrics = Quiet().Metrics! with { Cpu = Points(cpu) } }).StopsAt;

    private static IdleVerdict Judge(IdleFacts facts) => IdleRules.Judge(facts, Policy, new IdleOptions());

    private static IdleFacts Quiet() => new(
        Now,
        new IdleRecord(
            "i-1", 1, "alice", null, "running", Now.AddDays(-3), null, null, new Dictionary<string, string>(), "m5.large", 2,
            new StatusFacts(CheckState.Ok, CheckState.Ok, CheckState.Ok, null), null, false, null, false),
        new IdleMetrics(Points(Flat(1)), Points(Flat(5_000)), Points(Flat(5_000))), new IdleGuest(true, Look("", "", 0)));

    private static IdleFacts With(IdleFacts facts, string code)
    {
        var (record, metrics) = (facts.Record, facts.Metrics!);
        return code switch
        {
            "opt-out" => facts with { Record = record with { Tags = Tag("watchdog:keep", "yes") } },
            "keep-until" => facts with { Record = record with { Tags = Tag("watchdog:keep-until", "2026-12-01T00:00:00Z") } },
            "job" => facts with { Record = record with { Tags = Tag("watchdog:job", "nightly") } },
            "hold" => facts with { Record = record with { Held = new(Now.AddHours(3), "a demo") } },
            "case" => facts with { Record = record with { OpenCase = 17 } },
            "suspected" => facts with { Record = record with { Suspected = true } },
            "uptime" => facts with { Record = record with { LaunchTime = Now.AddMinutes(-80) } },
            "started-again" => facts with { Record = record with { LaunchTime = Now.AddMinutes(-95), StartedAgain = true } },
            "autoscaling" => facts with { Record = record with { AutoScalingGroup = "asg-1" } },
            "spot" => facts with { Record = record with { Lifecycle = "spot" } },
            "health-unknown" => facts with { Record = record with { Status = null } },
            "health" => facts with { Record = record with { Status = new StatusFacts(CheckState.Impaired, CheckState.Ok, CheckState.Ok, Now) } },
            "state" => facts with { Record = record with { State = "stopping" } },
            "metrics-unknown" => facts with { Metrics = null },
            "cpu" => facts with { Metrics = metrics with { Cpu = Points([.. Flat(1)[..29], 60, .. Flat(1)[30..]]) } },
            "cpu-unknown" => facts with { Metrics = metrics with { Cpu = Absent(metrics.Cpu) } },
            "network" => facts with { Metrics = metrics with { NetworkOut = Points([.. Flat(1)[..35], 5_000_000]) } },
            "network-unknown" => facts with { Metrics = metrics with { NetworkIn = Absent(metrics.NetworkIn) } },
            "not-looked" => facts with { Guest = null },
            "agent" => facts with { Guest = IdleGuest.Silent },
            "look-unreadable" => facts with { Guest = new IdleGuest(true, GuestSnapshotParser.Parse("{\"v\":1", Now)) },
            "session" => facts with { Guest = new IdleGuest(true, GuestSnapshotParser.Parse(Resters.Nobody(Now, sessions: """{"user":"dev","tty":"pts/0","from":"198.51.100.7","idle":120}"""), Now)) },
            "connection" => facts with { Guest = new IdleGuest(true, GuestSnapshotParser.Parse(Resters.Nobody(Now, connections: """{"pid":1001,"ip":"10.0.0.9","port":40112,"lport":5432,"out":false},"""), Now)) },
            "process" => facts with { Guest = new IdleGuest(true, Look("", ",\"cpu\":90.0", 9_000)) },
            _ => facts with { Guest = new IdleGuest(true, GuestSnapshotParser.Parse(Resters.Nobody(Now, gpu: "\"4242, /usr/bin/python3, 11304 MiB\""), Now)) },
        };
    }

    private static GuestSnapshot Look(string sessions, string cpu, double age) => GuestSnapshotParser.Parse(
        Resters.Nobody(Now, sessions: sessions, processes: cpu.Length == 0 ? "" : FormattableString.Invariant(
            $"{{\"pid\":900,\"ppid\":1,\"uid\":1000,\"comm\":\"bot\",\"exe\":\"/home/bot\",\"args\":\"bot\",\"age\":{age:0.0}{cpu},\"thr\":1,\"rss\":100,\"cwd\":\"home\"}},")), Now);

    private static Dictionary<string, string> Tag(string key, string value) => new() { [key] = value };

    private static float[] Flat(float value) => [.. Enumerable.Repeat(value, 36)];

    private static Points Points(float[] values) => new(Now.AddHours(-3), 300, values);

    private static Points Absent(Points points) => points with { Values = [.. Enumerable.Repeat(float.NaN, points.Values.Length)] };
}
