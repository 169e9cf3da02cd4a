using Watchdog.Alerts;
using Watchdog.Alerts.Gathering;
using Watchdog.Ledger;

namespace Watchdog.Tests.Alerts.Gathering;

public sealed class EventSignalsTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly ScopeNames Scopes = new(new Dictionary<short, (string, string)> { [1] = ("a/eu-west-1", "eu-west-1") });

    [Theory]
    [InlineData("case.opened", null, "Raised abuse miner")]
    [InlineData("case.joined", null, "Raised abuse miner")]
    [InlineData("case.contained", "quarantine", "Cleared abuse")]
    [InlineData("case.closed", null, "Cleared abuse, Cleared containment, Cleared appeal")]
    [InlineData("case.released", null, "Cleared abuse, Cleared containment, Cleared appeal")]
    [InlineData("case.confirmed", null, "Cleared abuse, Cleared containment, Cleared appeal")]
    [InlineData("case.clock_due", null, "Raised appeal appeal")]
    [InlineData("case.appeal_due", null, "Raised appeal appeal")]
    [InlineData("case.appealed", null, "")]
    [InlineData("case.ruled", null, "Cleared appeal")]
    [InlineData("case.batched", null, "")]
    [InlineData("act.proposed", "stop", "")]
    [InlineData("act.failed", "quarantine", "Raised containment quarantine, Changed abuse miner")]
    [InlineData("act.escalated", "quarantine", "Raised containment quarantine, Changed abuse miner")]
    [InlineData("act.unverifiable", "quarantine", "Raised containment quarantine, Changed abuse miner")]
    [InlineData("act.applied", "quarantine", "Changed abuse miner")]
    [InlineData("act.verified", "stop", "Changed abuse miner, Cleared containment")]
    [InlineData("act.verified", "warn", "Changed abuse miner")]
    [InlineData("start.no-capacity", "release", "Raised wake-up wake-up")]
    [InlineData("act.verified", "release", "Changed abuse miner, Cleared containment, Cleared wake-up")]
    [InlineData("act.withdrawn", "release", "Cleared wake-up")]
    [InlineData("act.withdrawn", "stop", "")]
    [InlineData("vm.transition", null, "")]
    public void An_event_of_a_case_or_an_act_says_what_the_table_says(string kind, string? act, string expected)
    {
        var note = new Note(17, "i-1", 1, "alice", "miner", act is null ? null : 4, act, "why");
        var signals = EventSignals.Of(new(1, "1", At, kind, "case:17", LedgerJson.Write(note)), Scopes);
        Assert.Equal(expected, string.Join(", ", signals.Select(one => $"{one.State} {one.Key.Kind} {(one.State == SignalState.Cleared ? "" : one.Key.Technique)}".TrimEnd())));
        Assert.All(signals, one => Assert.Equal("case:17", one.Member));
        Assert.All(signals.Where(one => one.State == SignalState.Raised), one => Assert.Equal(("a/eu-west-1", "eu-west-1", "alice"), (one.Key.Scope, one.Facts.Region, one.Facts.Owner)));
    }

    [Theory]
    [InlineData("14.4/1h+5m", Severity.Critical)]
    [InlineData("6/6h+30m", Severity.Critical)]
    [InlineData("3/1d+2h", Severity.Warning)]
    [InlineData("1/3d+6h", Severity.Warning)]
    public void An_objective_that_burns_fast_wakes_somebody(string rung, Severity expected)
    {
        var json = $$"""{"slo":"region","dimension":"region","group":"eu-west-1","rung":"{{rung}}","reason":"burns","bad_vms":3,"vms":100}""";
        var one = Assert.Single(EventSignals.Of(new(1, "1", At, "slo.burn.fired", "slo:region:eu-west-1", json), Scopes));
        Assert.Equal((expected, new IncidentKey(IncidentKinds.SloBurn, $"region {rung}", "eu-west-1"), "eu-west-1"), (one.Severity, one.Key, one.Facts.Region));
        var over = Assert.Single(EventSignals.Of(new(2, "2", At, "slo.burn.resolved", "slo:region:eu-west-1", json), Scopes));
        Assert.Equal((SignalState.Cleared, one.Member), (over.State, over.Member));
    }

    [Fact]
    public void A_listing_that_shrank_is_told_until_one_is_believed()
    {
        var one = Assert.Single(EventSignals.Of(new(1, "1", At, "inventory.shrunk", "a/eu-west-1", """{"listed":40,"known":100}"""), Scopes));
        Assert.Equal((SignalState.Raised, new IncidentKey(IncidentKinds.Inventory, "inventory", "a/eu-west-1"), Severity.Error, "eu-west-1"), (one.State, one.Key, one.Severity, one.Facts.Region));
        Assert.StartsWith("a complete listing held 40 VMs of 100 known", one.Facts.Sentence, StringComparison.Ordinal);
        var over = Assert.Single(EventSignals.Of(new(2, "2", At, "inventory.whole", "a/eu-west-1", """{"listed":40,"known":100}"""), Scopes));
        Assert.Equal((SignalState.Cleared, one.Key.Kind, one.Member), (over.State, over.Key.Kind, over.Member));
    }

    [Fact]
    public void Books_that_are_broken_are_told_until_a_day_holds_together()
    {
        var one = Assert.Single(EventSignals.Of(new(1, "1", At, "slo.broken", "slo", """{"day":20514,"overlaps":1,"gaps":2,"buckets":3,"days":4,"vms":["i-1"]}"""), Scopes));
        Assert.Equal("the check of 2026-03-02 found 1 overlaps, 2 gaps, 3 buckets and 4 days wrong", one.Facts.Sentence);
        var over = Assert.Single(EventSignals.Of(new(2, "2", At, "slo.whole", "slo", """{"day":20515}"""), Scopes));
        Assert.Equal((SignalState.Cleared, one.Key.Kind, one.Member), (over.State, over.Key.Kind, over.Member));
    }

    [Fact]
    public void A_stop_cannot_be_wholly_undone_and_a_quarantine_can()
    {
        Assert.False(Done("stop"));
        Assert.True(Done("quarantine"));

        static bool? Done(string act) => EventSignals.Of(
            new(1, "1", At, "act.verified", "case:17", LedgerJson.Write(new Note(17, "i-1", 1, "alice", "miner", 4, act, "why"))), Scopes)[0].Facts.Undoable;
    }
}
