using FsCheck;
using FsCheck.Fluent;
using Watchdog.Alerts;
using Watchdog.Alerts.Gathering;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Routing;
using Watchdog.Alerts.Telling;

namespace Watchdog.Tests.Alerts.Telling;

/// <summary>What holds of the deciding stages, whatever comes in which order.</summary>
public sealed class LookLaws
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whatever_the_order_twenty_thousand_findings_within_a_minute_are_at_most_three_pages() =>
        Prop.ForAll((from weights in Gen.Choose(0, 1_000).ArrayOf(30)
                     from shape in Gen.Choose(0, 4)
                     from kind in Gen.Elements(IncidentKinds.Abuse, IncidentKinds.Database)
                     from failsAt in Gen.Choose(0, 60)
                     select (weights, shape, kind, failsAt)).ToArbitrary(), c =>
        {
            var gusts = c.weights.Select((weight, at) => weight * Math.Pow(10, c.shape * at / 30.0)).ToArray();
            var all = Math.Max(1, gusts.Sum());
            Tower tower = new(c.kind);
            var found = 1.0;
            for (var second = 0; second <= 300; second += 2)
            {
                found += second < 60 ? gusts[second / 2] / all * 20_000 : 0;
                tower.Look(Of((int)found, failing: second >= c.failsAt), Start.AddSeconds(second));
            }

            return tower.Told.Count(one => one.Kind == NotificationKind.Page) is >= 1 and <= 3 && tower.Incident.Paged!.Size * DedupRules.Growth > (int)found;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Every_page_is_resolved_in_the_end_to_those_who_got_it_and_nothing_follows_a_resolve() =>
        Prop.ForAll((from sizes in Gen.Elements(0, 0, 1, 3, 30, 400).ArrayOf(25)
                     from steps in Gen.Elements(2, 10, 31, 70, 400, -90, -3600).ArrayOf(25)
                     from silenced in Gen.Elements(true, false, false).ArrayOf(25)
                     from failing in Gen.Elements(true, false).ArrayOf(25)
                     select (sizes, steps, silenced, failing)).ToArbitrary(), c =>
        {
            Tower tower = new(IncidentKinds.Abuse);
            var now = Start;
            for (var at = 0; at < c.sizes.Length && tower.Incident.ResolvedAt is null; at++)
            {
                now = now.AddSeconds(c.steps[at]);
                tower.Look(Of(c.sizes[at], c.failing[at]), now, c.silenced[at]);
            }

            for (var at = 0; at < 5 && tower.Incident.ResolvedAt is null; at++)
            {
                now = now.AddMinutes(6);
                tower.Look(Of(0, false), now, silenced: true);
            }

            var pages = tower.Told.Where(one => one.Kind == NotificationKind.Page).Select(one => one.DedupKey).ToList();
            var resolves = tower.Told.Where(one => one.Kind == NotificationKind.Resolve).Select(one => one.DedupKey).ToList();
            return tower.Incident.ResolvedAt is not null
                && pages.Order(StringComparer.Ordinal).SequenceEqual(resolves.Order(StringComparer.Ordinal))
                && tower.Told.Select(one => one.Sequence).SequenceEqual(Enumerable.Range(1, tower.Told.Count))
                && pages.All(key => tower.Told.FindIndex(one => one.DedupKey == key && one.Kind == NotificationKind.Page) == tower.Told.FindIndex(one => one.DedupKey == key)
                    && tower.Told.FindIndex(one => one.DedupKey == key && one.Kind == NotificationKind.Resolve) == tower.Told.FindLastIndex(one => one.DedupKey == key));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Two_looks_at_the_same_tell_nothing_the_second_time() =>
        Prop.ForAll((from size in Gen.Choose(0, 300) from failing in Gen.Elements(true, false) from later in Gen.Choose(0, 600) select (size, failing, later)).ToArbitrary(), c =>
        {
            Tower tower = new(IncidentKinds.Abuse);
            tower.Look(Of(c.size, c.failing), Start.AddSeconds(40));
            var told = tower.Told.Count;
            if (c.size > 0)
            {
                tower.Look(Of(c.size, c.failing), Start.AddSeconds(40 + c.later));
            }

            return tower.Told.Count == told;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static IncidentTally Of(int live, bool failing) => new(
        live, Math.Max(1, live), Severity.Warning, failing && live > 0, 1, Start, Start, live > 0 ? null : Start, null, [new("alice", Math.Max(1, live))],
        [new("eu-west-1", Math.Max(1, live))], [], [], [], [new("case:1", Severity.Warning, new MemberFacts(InstanceId: "i-1", Sentence: "evidence", CaseId: 1), null)]);

    /// <summary>One incident, looked at as the pipeline does: what a look makes of it is what the next one sees.</summary>
    private sealed class Tower(string kind)
    {
        public IncidentState Incident { get; private set; } = new(
            1, new(kind, "miner", "a/eu-west-1"), Severity.Info, Start, Start + KindTable.Of(kind).Settles, null, null, null, null, 0, 0, 0, 0, null, null, null, "", Start);

        public List<Notification> Told { get; } = [];

        public void Look(IncidentTally now, DateTimeOffset at, bool silenced = false)
        {
            Silence[] silences = silenced ? [new(1, new Matcher { Kind = kind }, "work", "ann", DateTimeOffset.MinValue, DateTimeOffset.MaxValue)] : [];
            var looked = Watchdog.Alerts.Telling.Look.At(Incident, now, new(
                at, TimeSpan.FromMinutes(5), silences, new MutingOptions(), [], new HashSet<long>(), new RoutingOptions(), ["pager"], new(false, (_, _) => null, new AlertLinkOptions())));
            Incident = looked.Incident;
            Told.AddRange(looked.Told.Select(one => one.Notification));
        }
    }
}
