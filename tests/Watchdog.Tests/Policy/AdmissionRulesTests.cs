using FsCheck;
using FsCheck.Fluent;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Tests.Policy;

public sealed class AdmissionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void No_cap_is_ever_exceeded_and_what_is_held_is_never_more_severe_than_what_begins()
    {
        var cases =
            from count in Gen.Choose(0, 60)
            from owners in Gen.Choose(0, 3).ArrayOf(count)
            from severities in Gen.Choose(1, 5).ArrayOf(count)
            from caps in Gen.Choose(0, 12).ArrayOf(4)
            from used in Gen.Choose(0, 6).ArrayOf(4)
            select (owners, severities, caps, used);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var options = Enforcing();
            options.Caps = new CapOptions
            {
                PerFiveMinutes = c.caps[0], PerHour = c.caps[1], PerOwnerAndHour = c.caps[2], FleetPercentPerDay = c.caps[3],
            };
            var owners = Enumerable.Range(0, 4).ToDictionary(o => $"owner-{o}", o => c.used[o] % 3);
            var facts = Facts() with { FiveMinutes = c.used[0], Hour = c.used[1], Day = c.used[2], OwnersHour = owners, Fleet = 100 };
            var candidates = c.owners.Select((owner, i) => Candidate(i, $"owner-{owner}", (short)c.severities[i])).ToList();

            var decided = AdmissionRules.Decide(candidates, facts, options, Now);

            var begun = decided.Where(d => d.Held is null).Select(d => d.Candidate).ToList();
            return decided.Count == candidates.Count
                && begun.Count <= Math.Max(0, c.caps[0] - c.used[0])
                && begun.Count <= Math.Max(0, c.caps[1] - c.used[1])
                && begun.Count <= Math.Max(0, c.caps[3] - c.used[2])
                && begun.GroupBy(b => b.Owner).All(o => o.Count() + owners[o.Key] <= c.caps[2])
                && decided.Where(d => d.Held is not null).All(held =>
                    begun.Where(b => b.Owner == held.Candidate.Owner).All(b => b.Severity >= held.Candidate.Severity));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void The_most_severe_begins_first_then_the_surest_then_the_oldest()
    {
        var options = Enforcing();
        options.Caps.PerFiveMinutes = 2;
        Candidate[] candidates =
        [
            Candidate(1, "a", 20) with { Score = 0.99 },
            Candidate(2, "b", 50) with { Score = 0.90 },
            Candidate(3, "c", 50) with { Score = 0.95, ProposedAt = Now.AddMinutes(-1) },
            Candidate(4, "d", 50) with { Score = 0.95, ProposedAt = Now.AddMinutes(-2) },
        ];

        var decided = AdmissionRules.Decide(candidates, Facts(), options, Now);

        Assert.Equal([4, 3], decided.Where(d => d.Held is null).Select(d => d.Candidate.ActId));
        Assert.All(decided.Where(d => d.Held is not null), d => Assert.Equal("the cap of 2 acts in five minutes is reached", d.Held));
    }

    [Theory]
    [InlineData(true, false, 30.0, "the brake is on: drill")]
    [InlineData(false, false, 30.0, "not every shard has reported")]
    [InlineData(false, true, 6.9, "watched for less than 7.00:00:00")]
    [InlineData(false, true, null, "watched for less than 7.00:00:00")]
    public void A_guard_holds_and_names_itself(bool brake, bool fresh, double? days, string reason)
    {
        var facts = Facts() with
        {
            BrakeReason = brake ? "drill" : null,
            ShardsFresh = fresh,
            WatchedSince = days is { } d ? new Dictionary<short, DateTimeOffset> { [1] = Now.AddDays(-d) } : [],
        };

        var decided = AdmissionRules.Decide([Candidate(1, "a", 50)], facts, Enforcing(), Now);

        Assert.Contains(reason, Assert.Single(decided).Held, StringComparison.Ordinal);
    }

    [Fact]
    public void A_persons_approval_stands_for_mode_and_history_and_never_for_brake_caps_or_exemptions()
    {
        var approved = Candidate(1, "a", 50) with { NeedsPerson = true, Approved = true };
        var proposing = new PolicyOptions { Mode = PolicyMode.Propose };
        var unwatched = Facts() with { WatchedSince = new Dictionary<short, DateTimeOffset>() };

        Assert.Null(Held(unwatched, proposing));
        Assert.NotNull(Held(unwatched with { BrakeReason = "drill" }, proposing));
        Assert.NotNull(Held(unwatched with { FiveMinutes = 20 }, proposing));
        Assert.NotNull(Held(unwatched with { Exemptions = new Dictionary<string, Exemption> { ["i-1"] = new(1, "vm", "i-1", "r", "ann", Now.AddDays(1)) } }, proposing));

        string? Held(AdmissionFacts facts, PolicyOptions options) => AdmissionRules.Decide([approved], facts, options, Now)[0].Held;
    }

    [Fact]
    public void In_quiet_hours_only_the_rungs_that_the_class_names_begin_by_themselves_and_a_person_may_begin_any()
    {
        var options = Enforcing();
        options.QuietHours = new() { From = "22:00", To = "07:00", Zone = "Europe/Berlin" };
        options.Miner.QuietRungs = "restrain";
        var miner = Candidate(1, "a", 50);
        Candidate[] candidates = [miner, miner with { ActId = 2, Kind = ActKinds.Restrain }, miner with { ActId = 3, Class = "panic", Kind = ActKinds.Stop }, miner with { ActId = 4, Approved = true }];

        var night = AdmissionRules.Decide(candidates, Facts(), options, Now);
        Assert.Equal("quiet hours (22:00 to 07:00 Europe/Berlin): a quarantine waits for their end, or for a person", night.Single(d => d.Candidate.ActId == 1).Held);
        Assert.Equal([2L, 3L, 4L], night.Where(d => d.Held is null).Select(d => d.Candidate.ActId).Order());
        Assert.All(AdmissionRules.Decide(candidates, Facts(), options, Now.AddHours(12)), d => Assert.Null(d.Held));
    }

    [Fact]
    public void A_demoted_detector_only_proposes_and_a_person_may_begin_what_it_found()
    {
        var facts = Facts() with { Demoted = new HashSet<string> { "miner" } };
        var miner = Candidate(1, "a", 50);
        var decided = AdmissionRules.Decide([miner, miner with { ActId = 2, Approved = true }, miner with { ActId = 3, Class = "panic" }], facts, Enforcing(), Now);
        Assert.StartsWith("detector miner only proposes", decided.Single(d => d.Candidate.ActId == 1).Held, StringComparison.Ordinal);
        Assert.Equal([2L, 3L], decided.Where(d => d.Held is null).Select(d => d.Candidate.ActId).Order());
    }

    [Theory]
    [InlineData(0.5, 150_000, 750)]
    [InlineData(0.5, 300, 1)]
    [InlineData(0.5, 10, 1)]
    [InlineData(0, 150_000, 0)]
    public void The_days_cap_is_a_share_of_the_fleet_and_at_least_one(double percent, long fleet, int cap) =>
        Assert.Equal(cap, new CapOptions { FleetPercentPerDay = percent }.PerDay(fleet));

    private static PolicyOptions Enforcing() => new() { Mode = PolicyMode.Enforce };

    [Fact]
    public void A_wave_in_one_scope_leaves_room_for_the_others()
    {
        var options = Enforcing();
        options.Caps = new CapOptions { PerFiveMinutes = 4, FleetPercentPerDay = 100 };
        var facts = Facts() with { WatchedSince = new Dictionary<short, DateTimeOffset> { [1] = Now.AddDays(-30), [2] = Now.AddDays(-30) } };
        var wave = Enumerable.Range(0, 10).Select(i => Candidate(i, $"o-{i}", 5) with { Score = 0.99 });
        var few = Enumerable.Range(10, 2).Select(i => Candidate(i, $"o-{i}", 5) with { Scope = 2, Score = 0.9 });

        var begun = AdmissionRules.Decide([.. wave, .. few], facts, options, Now).Where(d => d.Held is null).Select(d => d.Candidate.ActId);

        Assert.Equal([0L, 10L, 1L, 11L], begun);
    }

    private static AdmissionFacts Facts() => new(
        null, new HashSet<string>(), true, 1, 0, 0, 0, new Dictionary<string, int>(), 100_000, new Dictionary<short, DateTimeOffset> { [1] = Now.AddDays(-30) },
        new Dictionary<string, Exemption>());

    private static Candidate Candidate(int id, string owner, short severity) => new(id, $"i-{id}", owner, 1, ActKinds.Quarantine, "miner", null, severity, 0.9, Now, false, false);
}
