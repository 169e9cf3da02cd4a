using Watchdog.Ledger;
using Watchdog.Reports.Cases;
using Watchdog.Reports.Quarantine;

namespace Watchdog.Tests.Reports.Cases;

public sealed class CaseTimelineTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void All_that_happened_stands_in_the_order_of_time_in_words()
    {
        var told = CaseTimeline.Of(new ReportedCase(
            new CaseRecord(17, "i-1", 1, "alice", "miner", At, null, "contained", 0.9, "it mines", "1", 3),
            [(new CaseEpisodeRecord(17, 1, "forkbomb", At.AddMinutes(-30), At, null, 0.9, "it mines", "{}"), null)],
            [],
            [],
            [
                Line(5, "request.done", """{"kind":"release","outcome":"released"}"""), Line(0, "case.opened", """{"reason":"it mines"}"""), Line(1, "act.proposed", """{"kind":"quarantine","reason":"it mines"}"""),
                Line(3, "request.release", """{"reason":"a course"}"""), Line(4, "case.ruled", """{"ruling":"benign_positive","reason":"a course"}"""), Line(6, "case.something_new", "7"),
            ]));

        Assert.Equal(
            [
                ("fork bomb begins", "By the data; it was found later."), ("case opened", "it mines"), ("quarantine proposed", null), ("release asked for", "a course"),
                ("ruled benign positive", "a course"), ("release, as asked for: done", "released"), ("case something new", null),
            ],
            told.Select(one => (one.What, one.Detail)));
    }

    [Fact]
    public void A_step_stands_where_its_call_was_made_and_not_where_its_effect_was_seen()
    {
        var act = new ActRecord(
            1, Guid.Empty, 17, "i-1", 1, "quarantine", "verified", 9, false, null, "it mines", "watchdog", "1", At, At, null, At.AddMinutes(9), 1, null, null, null);
        var told = CaseTimeline.Of(new ReportedCase(
            new CaseRecord(17, "i-1", 1, "alice", "miner", At, null, "contained", 0.9, "it mines", "1", 3), [],
            [new ReportedAct(act, null, null, [Step(1, "first", called: 1, seen: 8), Step(2, "second", called: 2, seen: 4), Step(3, "unknown", called: null, seen: 3)], [])], [], []));

        Assert.Equal(["first", "second", "unknown"], told.Select(one => one.What.Split(' ')[0]));
        Assert.Equal([1d, 2, 3], told.Select(one => (one.At - At).TotalMinutes));
    }

    private static ReportedStep Step(int ordinal, string action, int? called, int seen) => new(
        new StepRecord(ordinal, 1, ordinal, "groups", "eni-1", action, "{}", "{}", null, "done", 1, At, called is { } minute ? At.AddMinutes(minute) : null, At.AddMinutes(seen), null), null, null);

    private static AuditRecord Line(int minute, string what, string json) => new(minute, At.AddMinutes(minute), "ann", what, "case:17", json, null, null);
}
