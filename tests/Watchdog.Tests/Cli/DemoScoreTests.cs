using Watchdog.Cli.Demo;

namespace Watchdog.Tests.Cli;

public class DemoScoreTests
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Medians_run_from_onset_and_another_class_of_abuse_counts_as_noticed()
    {
        Truth[] truth =
        [
            new("i-1", "miner", "miner/full", true, T0), new("i-2", "miner", "miner/full", true, T0),
            new("i-3", "miner", "miner/nightly", false, T0), new("i-4", "miner", "miner/full", true, T0.AddHours(9)),
        ];
        var outcomes = Outcomes(
            new("i-1", Opened("miner", 10), T0.AddMinutes(12), T0.AddMinutes(14)),
            new("i-2", Opened("miner", 20), null, null),
            new("i-3", Opened("runaway", 5), null, null, Proposed: true));

        var row = DemoScore.Rows(truth, outcomes, T0.AddHours(3)).Single(r => r.Class == "miner");

        Assert.Equal(new DemoClass("miner", 3, 3, 1, 10.0, 14.0, 2, 2, 2, 1), row);
        Assert.Empty(DemoScore.Missed(truth, outcomes, T0.AddHours(3)));
    }

    [Fact]
    public void Nothing_detected_has_no_median_instead_of_a_good_one()
    {
        var row = DemoScore.Rows([new("i-1", "panic", "panic", true, T0)], Outcomes(), T0.AddHours(1)).Single(r => r.Class == "panic");
        Assert.Null(row.MedianMinutesToDetect);
        Assert.Equal(1, row.Injected);
    }

    [Fact]
    public void An_episode_before_the_onset_and_a_host_fault_taken_for_a_panic_notice_nothing()
    {
        Truth[] truth = [new("i-1", "miner", "miner/full", true, T0.AddHours(1)), new("i-2", "hostfault", "hostfault", true, T0)];
        var outcomes = Outcomes(new("i-1", Opened("miner", 10), null, null), new("i-2", Opened("panic", 10), null, null));
        Assert.Equal(["i-1 miner/full 2026-11-22T01:00:00Z", "i-2 hostfault 2026-11-22T00:00:00Z"], DemoScore.Missed(truth, outcomes, T0.AddHours(3)));
    }

    [Fact]
    public void Innocents_acted_on_are_named_and_a_faulty_host_is_nobodys_guilt()
    {
        Truth[] truth =
        [
            new("i-b", "benign", "benign/encoder", true, DateTimeOffset.MaxValue), new("i-h", "hostfault", "hostfault", true, T0),
            new("i-m", "miner", "miner/full", true, T0.AddHours(1)), new("i-ok", "miner", "miner/full", true, T0),
        ];
        var outcomes = Outcomes(
            new("i-b", Opened("miner", 1), T0.AddMinutes(1), T0.AddMinutes(2)), new("i-h", Opened("panic", 1), T0.AddMinutes(2), null),
            new("i-m", Opened("miner", 1), T0.AddMinutes(4), T0.AddMinutes(5)), new("i-ok", Opened("miner", 1), T0.AddMinutes(4), T0.AddMinutes(5)));
        Assert.Equal(["i-b benign/encoder", "i-h hostfault", "i-m miner/full"], DemoScore.WronglyActedOn(truth, outcomes));
    }

    private static Dictionary<string, DateTimeOffset> Opened(string name, int minute) => new() { [name] = T0.AddMinutes(minute) };

    private static Dictionary<string, Outcome> Outcomes(params Outcome[] outcomes) => outcomes.ToDictionary(o => o.InstanceId);
}
