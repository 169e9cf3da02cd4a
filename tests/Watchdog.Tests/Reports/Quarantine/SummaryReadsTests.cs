using System.Globalization;
using Watchdog.Ledger;
using Watchdog.Reports.Quarantine;
using Watchdog.Testing;

namespace Watchdog.Tests.Reports.Quarantine;

/// <summary>The sums that the database counts, against those of the cases as they are read one by one.</summary>
public sealed class SummaryReadsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly ReportSpan Span = new(Start, Start.AddDays(1), Start.AddDays(2));

    [Fact]
    public async Task An_empty_span_has_sums_without_a_figure()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var reader = await CaseReader.OpenAsync(database.Source, Span, default);

        var sums = await reader.SummaryAsync(TimeSpan.FromDays(90), default);

        Assert.Equal((0, 0, 0, "all"), (sums.Cases, sums.Classes.Count, sums.Refused, sums.All.Class));
        Assert.Equal((new Spread(0, double.NaN, double.NaN), new Exposures(0, 0, 0, 0)), (sums.All.Detection, sums.Exposed));
        Assert.True(double.IsNaN(sums.All.Precision.Share));
        Assert.Empty(sums.Detectors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(240)]
    public async Task Counted_in_the_database_the_sums_are_those_of_the_cases_one_by_one(int cases)
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database, cases);
        await using var reader = await CaseReader.OpenAsync(database.Source, Span, default);
        List<ReportedCase> all = [];
        await foreach (var of in reader.CasesAsync(default))
        {
            all.Add(of);
        }

        var sums = await reader.SummaryAsync(TimeSpan.FromDays(90), default);

        Assert.Equal(cases, all.Count);
        Same("all", all, sums.All);
        Assert.Equal(all.Select(of => of.Case.Class).Distinct().Order(StringComparer.Ordinal), sums.Classes.Select(one => one.Class));
        foreach (var one in sums.Classes)
        {
            Same(one.Class, all.Where(of => of.Case.Class == one.Class).ToList(), one);
        }

        var refused = all.SelectMany(of => of.Acts).Where(act => act.Act.State == ActStates.Refused).GroupBy(act => act.Act.Detail ?? act.Act.Reason)
            .Select(why => (why.Key, why.Count())).OrderByDescending(why => why.Item2).ThenBy(why => why.Key, StringComparer.Ordinal).ToList();
        Assert.Equal(refused.Sum(why => why.Item2), sums.Refused);
        Assert.Equal(refused.Take(5), sums.Refusals);
        var open = all.SelectMany(of => of.Times.Exposures).ToList();
        var ended = open.Where(double.IsFinite).Append(0).ToList();
        Assert.Equal((open.Count, open.Count(double.IsNaN)), (sums.Exposed.Interfaces, sums.Exposed.StillOpen));
        Assert.Equal((ended.Sum(), ended.Max()), (sums.Exposed.Seconds, sums.Exposed.Longest));
    }

    [Fact]
    public async Task A_page_is_a_part_of_the_cases_in_their_order()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database, 30);
        await using var reader = await CaseReader.OpenAsync(database.Source, Span, default);

        var page = await reader.PageAsync(10, 7, default);

        Assert.Equal(page.OrderBy(of => of.Case.OpenedAt).ThenBy(of => of.Case.Id).Select(of => of.Case.Id), page.Select(of => of.Case.Id));
        Assert.Equal((7, 20), (page.Count, (await reader.PageAsync(10, 99, default)).Count));
        Assert.Empty(await reader.PageAsync(30, 7, default));
    }

    private static void Same(string name, List<ReportedCase> of, ClassSummary sums)
    {
        Assert.Equal((name, of.Count, of.Count(one => one.Ruling is not null)), (sums.Class, sums.Cases, sums.Ruled));
        Assert.All(Enum.GetValues<CaseOutcome>(), outcome => Assert.Equal(of.Count(one => one.Outcome == outcome), sums.Count(outcome)));
        Spreads(of.Select(one => one.Times.MinutesTo(one.Times.Detected)), sums.Detection);
        Spreads(of.Select(one => one.Times.MinutesTo(one.Times.Contained)), sums.Containment);
        Spreads(of.Select(one => one.Times.MinutesTo(one.Times.Verified)), sums.Verification);
        Spreads(of.Select(one => one.Times.MinutesToRuling), sums.Ruling);
        Assert.Equal(Precision.Of(
            of.Count(one => one.Ruling?.Ruling == Rulings.TruePositive), of.Count(one => one.Ruling is { } ruling && Rulings.WasWrong(ruling.Ruling))), sums.Precision);
    }

    private static void Spreads(IEnumerable<double?> minutes, Spread told)
    {
        var sorted = minutes.OfType<double>().Order().ToArray();
        Assert.Equal(sorted.Length, told.Count);
        if (sorted.Length > 0)
        {
            Assert.Equal((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, told.Median, 6);
            Assert.Equal(sorted[(int)Math.Ceiling(0.9 * sorted.Length) - 1], told.P90, 6);
        }
    }

    /// <summary>Cases of every class and state, with acts of every kind and state, and some of the day before and of the next; what is in one follows from its number.</summary>
    private static Task<int> FillAsync(TestDatabase database, int cases) => database.ExecuteAsync(
        """
        insert into scope (key, region) values ('1/eu-west-1', 'eu-west-1');
        insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version)
        select 'i-' || n, 1, 'o', (array['miner', 'forkbomb', 'runaway', 'panic'])[1 + abs(n) % 4],
          timestamptz '2026-03-02T00:00Z' + n * interval '5 minutes' + case when n < 0 then interval '-1 hour' when n >= $1 then interval '1 day' else interval '0' end,
          case when abs(n) % 5 in (2, 4) then timestamptz '2026-03-03T00:00Z' end, (array['open', 'contained', 'released', 'confirmed', 'closed'])[1 + abs(n) % 5], 0.9, 'r', 'v'
        from generate_series(-3, $1 + 2) n order by n;
        insert into episode (instance_id, scope, shard, class, onset, opened_at, score, reason)
        select instance_id, 1, 0, class, opened_at - interval '1 minute' * (3 + id * 7 % 41), opened_at, 0.9, 'r' from case_file where id % 6 <> 0;
        insert into case_episode (case_id, episode_id, class, onset, joined_at, score, reason, finding)
        select c.id, e.id, c.class, e.onset, e.opened_at, 0.9, 'r', '{}' from case_file c join episode e using (instance_id);
        insert into act (case_id, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, detail)
        select c.id, c.instance_id, 1, (array['quarantine', 'stop', 'warn', 'release'])[1 + (c.id * 3 + k) % 4],
          (array['refused', 'verified', 'unverifiable', 'failed', 'released', 'withdrawn', 'escalated'])[1 + (c.id * 5 + k * 2) % 7],
          1, false, 'reason ' || c.id % 9, 'watchdog', 'v', c.opened_at, case when c.id % 2 = 0 then 'detail ' || c.id % 8 end
        from case_file c cross join generate_series(1, 3) k where c.id % 7 >= k;
        insert into step (act_id, ordinal, kind, target, iam_action, before, wanted, state, exposed_at, covered_at)
        select a.id, 0, 'groups', 'eni', 'x', '{}', '{}', 'done', case when a.id % 3 > 0 then a.proposed_at end, case when a.id % 3 = 2 then a.proposed_at + a.id % 11 * interval '1 second' end from act a;
        insert into audit (at, actor, what, subject, data, rule_version)
        select a.proposed_at + interval '1 minute' * (k * 9 + a.id % 17), 'watchdog', (array['act.applied', 'act.verified', 'act.admitted', 'act.unverifiable'])[1 + (a.id + k) % 4], 'case:' || a.case_id,
          jsonb_build_object('act', a.id), 'v' from act a cross join generate_series(1, 2) k order by a.id, k;
        insert into ruling (case_id, at, ruling, actor, reason)
        select c.id, c.opened_at + interval '1 minute' * (k * 11 + c.id % 13), (array['true_positive', 'benign_positive', 'false_positive', 'duplicate', 'indeterminate'])[1 + (c.id + k * 3) % 5], 'ann', 'r'
        from case_file c cross join generate_series(1, 2) k where c.id % 4 >= k order by k, c.id;
        """.Replace("$1", cases.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
}
