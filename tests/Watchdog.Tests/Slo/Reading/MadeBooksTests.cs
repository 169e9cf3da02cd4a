using Watchdog.Bench.Slo.Books;
using Watchdog.Slo.Minutes;
using Watchdog.Testing;

namespace Watchdog.Tests.Slo.Reading;

/// <summary>The benchmark's books, small: what is measured has to be books.</summary>
public sealed class MadeBooksTests
{
    private const int Vms = 150;
    private const int Days = 4;

    [Fact]
    public async Task Intervals_buckets_and_days_of_made_up_books_hold_the_same_minutes()
    {
        await using var database = await MakeAsync();
        const string closed = "select i.vm, i.from_min, least(i.to_min, w.watermark_min) to_min, i.grp, i.cause, i.agent, c.class from slo_interval i "
            + "join slo_cause c using (cause) join slo_group g on g.id = i.grp join slo_scope w using (scope)";

        Assert.Equal(0L, await database.ScalarAsync<long>(
            $"""
            with minute as (select i.*, m.at from ({closed}) i cross join lateral generate_series(from_min, to_min - 1) m (at)),
            bucket as (
              select k.id as key, (at / 5) * 5 as at_min, cause, count(*) as minutes, count(*) filter (where agent = 1) as reached, count(*) filter (where agent = 2) as silent
              from minute join slo_group g on g.id = grp
              cross join lateral (values ('fleet', 'fleet'), ('region', g.region), ('type', g.instance_type), ('plan', g.plan)) d (dimension, name)
              join slo_key k on k.dimension = d.dimension and k.name = d.name group by 1, 2, 3)
            select count(*) from bucket b full join slo_bucket s using (key, at_min, cause)
            where (b.minutes, b.reached, b.silent) is distinct from (s.minutes, s.reached, s.silent)
            """));
        Assert.Equal(0L, await database.ScalarAsync<long>(
            $"""
            with minute as (select i.*, m.at from ({closed}) i cross join lateral generate_series(from_min, to_min - 1) m (at)),
            daily as (
              select vm, at / 1440 as day, grp, count(*) filter (where class = 'good') as good, count(*) filter (where class = 'bad') as bad,
                count(*) filter (where class = 'excluded') as excluded, count(*) filter (where class = 'unknown') as unknown,
                count(*) filter (where agent = 1) as reached, count(*) filter (where agent = 2) as silent
              from minute group by 1, 2, 3)
            select count(*) from daily d full join slo_daily s using (vm, day, grp)
            where (d.good, d.bad, d.excluded, d.unknown, d.reached, d.silent) is distinct from (s.good, s.bad, s.excluded, s.unknown, s.reached, s.silent)
            """));
        Assert.Equal((long)Vms * Days * Minute.Day, await database.ScalarAsync<long>("select sum(good + bad + excluded + unknown)::bigint from slo_daily"));
    }

    [Fact]
    public async Task Made_up_vms_have_no_gap_no_overlap_and_one_open_row_each()
    {
        await using var database = await MakeAsync();

        Assert.Equal(0L, await database.ScalarAsync<long>(
            """
            select count(*) from (select to_min, lead(from_min) over (partition by vm order by from_min) as next from slo_interval) i
            where to_min <> coalesce(next, 2147483647)
            """));
        Assert.Equal((long)Vms, await database.ScalarAsync<long>("select count(*) from slo_interval where to_min = 2147483647"));
        Assert.InRange(await database.ScalarAsync<long>("select count(*) from slo_interval"), Vms * Days * 3, Vms * ((Days * 4) + 1));
        Assert.True(await database.ScalarAsync<long>("select count(*) from (select vm from slo_interval group by vm having count(distinct grp) > 1) v") > 0);
    }

    private static async Task<TestDatabase> MakeAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await new MadeBooks(database.Source, new(Vms), Days).MakeAsync(_ => { }, CancellationToken.None);
        return database;
    }
}
