using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>Counts a span's cases in the database. What becomes of a case, and when, is said as <see cref="CaseOutcomes"/> and <see cref="CaseTimes"/> say it of one case.</summary>
internal static class SummaryReads
{
    private const string InSpan = "c.opened_at >= $1 and c.opened_at < $2";

    // percentile_disc(0.9): the least value that nine tenths do not exceed.
    private const string Classes =
        $"""
        with c as materialized (select c.id, c.class, c.opened_at from case_file c where {InSpan}),
        began as (select c.id, min(e.onset) as at from c join case_episode e on e.case_id = c.id group by 1),
        done as (
          select c.id, min(l.at) as contained, min(l.at) filter (where l.what = 'act.verified') as verified
          from c join audit l on l.subject = 'case:' || c.id and l.what in ('act.applied', 'act.verified', 'act.unverifiable')
          join act a on a.case_id = c.id and a.id::text = l.data->>'act' and a.kind <> all($3)
          group by 1),
        judged as (select c.id, min(r.at) as first, (array_agg(r.ruling order by r.id desc))[1] as latest from c join ruling r on r.case_id = c.id group by 1),
        one as (
          select c.class, judged.latest, extract(epoch from c.opened_at - began.at)::float8 / 60 as detection, extract(epoch from done.contained - began.at)::float8 / 60 as containment,
            extract(epoch from done.verified - began.at)::float8 / 60 as verification, extract(epoch from judged.first - c.opened_at)::float8 / 60 as ruling
          from c left join began using (id) left join done using (id) left join judged using (id))
        select class, count(*)::int, count(latest)::int, count(*) filter (where latest = any($4))::int, count(*) filter (where latest = any($5))::int,
          count(detection)::int, percentile_cont(0.5) within group (order by detection), percentile_disc(0.9) within group (order by detection),
          count(containment)::int, percentile_cont(0.5) within group (order by containment), percentile_disc(0.9) within group (order by containment),
          count(verification)::int, percentile_cont(0.5) within group (order by verification), percentile_disc(0.9) within group (order by verification),
          count(ruling)::int, percentile_cont(0.5) within group (order by ruling), percentile_disc(0.9) within group (order by ruling)
        from one group by grouping sets ((class), ()) order by grouping(class), class collate "C"
        """;

    private const string Outcomes =
        $"""
        select class, state, acts, count(*)::int from (
          select c.class, c.state, coalesce(array_agg(distinct a.state) filter (where a.id is not null), array[]::text[]) as acts
          from case_file c left join act a on a.case_id = c.id and a.kind <> all($3) where {InSpan} group by c.id) one
        group by class, state, acts
        """;

    private const string Refusals =
        $"""
        select left(coalesce(a.detail, a.reason), 500) collate "C", count(*)::int, sum(count(*)) over ()::int
        from case_file c join act a on a.case_id = c.id where {InSpan} and a.state = $3 group by 1 order by 2 desc, 1 limit 5
        """;

    private const string Exposed =
        $"""
        select count(*)::int, count(*) filter (where s.covered_at is null)::int, coalesce(sum(extract(epoch from s.covered_at - s.exposed_at)), 0)::float8,
          coalesce(max(extract(epoch from s.covered_at - s.exposed_at)), 0)::float8
        from case_file c join act a on a.case_id = c.id join step s on s.act_id = a.id where {InSpan} and s.exposed_at is not null
        """;

    private static readonly string[] Right = [Rulings.TruePositive];
    private static readonly string[] Wrong = [.. Rulings.All.Where(Rulings.WasWrong)];

    /// <param name="window">How far back rulings count for the detectors.</param>
    public static async Task<Summary> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ReportSpan span, TimeSpan window, CancellationToken ct)
    {
        var outcomes = await AllAsync(Outcomes, r => (
            Class: r.GetString(0), Outcome: CaseOutcomes.Of(r.GetString(1), r.GetFieldValue<string[]>(2)), Cases: r.GetInt32(3)), [CaseOutcomes.Harmless]);
        var classes = await AllAsync(Classes, r => ClassOf(r, outcomes), [CaseOutcomes.Harmless, Right, Wrong]);
        var refusals = await AllAsync(Refusals, r => (Why: r.GetString(0), Acts: r.GetInt32(1), All: r.GetInt32(2)), [ActStates.Refused]);
        var exposed = await AllAsync(Exposed, r => new Exposures(r.GetInt32(0), r.GetInt32(1), r.GetDouble(2), r.GetDouble(3)), []);
        return new(
            classes[^1], [.. classes.SkipLast(1)], refusals.FirstOrDefault().All, [.. refusals.Select(one => (one.Why, one.Acts))], exposed.Single(),
            await DetectorPrecision.ReadAsync(connection, transaction, span.At, window, ct));

        async Task<List<T>> AllAsync<T>(string sql, Func<NpgsqlDataReader, T> read, object[] more)
        {
            await using var command = Statement.On(connection, transaction, sql, [span.Since, span.Until, .. more]);
            return await Rows.AllAsync(command, read, ct);
        }
    }

    // Without a class: all of them.
    private static ClassSummary ClassOf(NpgsqlDataReader r, List<(string Class, CaseOutcome Outcome, int Cases)> outcomes)
    {
        var name = r.IsDBNull(0) ? null : r.GetString(0);
        return new(
            name ?? "all", r.GetInt32(1), outcomes.Where(one => name is null || one.Class == name).GroupBy(one => one.Outcome).ToDictionary(same => same.Key, same => same.Sum(one => one.Cases)),
            SpreadAt(5), SpreadAt(8), SpreadAt(11), SpreadAt(14), r.GetInt32(2), Precision.Of(r.GetInt32(3), r.GetInt32(4)));

        Spread SpreadAt(int column) => r.GetInt32(column) is > 0 and var count ? new(count, r.GetDouble(column + 1), r.GetDouble(column + 2)) : new(0, double.NaN, double.NaN);
    }
}
