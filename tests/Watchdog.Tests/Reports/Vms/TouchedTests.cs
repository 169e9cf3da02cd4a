using Watchdog.Detection;
using Watchdog.Inventory;
using Watchdog.Policy;
using Watchdog.Reports.Vms;

namespace Watchdog.Tests.Reports.Vms;

public sealed class TouchedTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_vm_of_which_the_screen_had_no_point_is_called_neither_healthy_nor_guilty() =>
        Assert.Contains("neither healthy nor guilty", Assert.Single(Touched.Why(Facts() with { Blind = true })), StringComparison.Ordinal);

    [Fact]
    public void A_quiet_one_says_that_nothing_is_new_and_what_that_stands_on() =>
        Assert.Equal("The screen of 2026-03-02 10:00Z saw nothing that is new for this VM; 60 h of its usual CPU are known.", Assert.Single(Touched.Why(Facts())));

    [Fact]
    public void One_that_was_never_screened_is_not_called_quiet() =>
        Assert.Contains("never screened", Assert.Single(Touched.Why(Facts() with { ScreenedAt = null })), StringComparison.Ordinal);

    [Fact]
    public void A_stopped_or_vanished_one_is_judged_by_nobody()
    {
        Assert.Contains("only a running VM is judged", Assert.Single(Touched.Why(Facts("stopped"))), StringComparison.Ordinal);
        Assert.Contains("gone since", Assert.Single(Touched.Why(Facts() with { Vm = Facts().Vm with { GoneAt = Now } })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SuspectStage.Hot, "not yet long enough to tell")]
    [InlineData(SuspectStage.Triage, "are to be read")]
    [InlineData(SuspectStage.Inspection, "it most looks like miner")]
    [InlineData(SuspectStage.Benign, "run by /usr/bin/ffmpeg")]
    [InlineData(SuspectStage.Recall, "one look is owed")]
    public void How_far_a_suspicion_has_gone_is_said(SuspectStage stage, string words)
    {
        var suspect = new Suspect("i-1", 1, 1, "miner", stage, Now, Now, Now, 1, null, new SuspectDetail { Cleared = new ClearedPlateau(Now, 80, 1, 1, null, "/usr/bin/ffmpeg") });

        Assert.Contains(words, Assert.Single(Touched.Why(Facts() with { Suspect = suspect })), StringComparison.Ordinal);
    }

    [Fact]
    public void What_keeps_acts_from_it_is_said()
    {
        var why = Touched.Why(Facts() with { Mode = PolicyMode.Observe, Brake = "too many", Exemption = new Exemption(1, "owner", "alice", "a course", "ann", Now) }).ToList();

        Assert.Equal(4, why.Count);
        Assert.Contains("Owner alice is exempt".ToLowerInvariant(), why[1].ToLowerInvariant(), StringComparison.Ordinal);
        Assert.EndsWith("too many", why[2], StringComparison.Ordinal);
        Assert.Contains("mode is observe", why[3], StringComparison.Ordinal);
    }

    private static TouchFacts Facts(string state = "running") => new(
        new VmSheet("i-1", 1, "1/eu-west-1", "alice", null, state, Now, null, "m5.large", 2, null, null, null, Now, null, null, null, null, new Dictionary<string, string>(), Now, null, null, null, null),
        null, [], null, false, Now, 60, null, PolicyMode.Enforce, null);
}
