using Watchdog.Slo.Minutes;
using Watchdog.Testing;

namespace Watchdog.Tests.Slo.Reading;

/// <summary>Books with a few rows that a test writes by hand, from 1 November 2026 on.</summary>
internal sealed class HandMadeBooks(TestDatabase database) : IAsyncDisposable
{
    public static readonly DateOnly November = new(2026, 11, 1);

    /// <summary>The first minute of November.</summary>
    public static readonly int T = Minute.Of(new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    public TestDatabase Database => database;

    /// <summary>October to December, with two Regions whose watermarks lie a day and half a day into November.</summary>
    public static async Task<HandMadeBooks> OpenAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await database.ScalarAsync<object>("select slo_make_month('2026-10-01'), slo_make_month('2026-11-01'), slo_make_month('2026-12-01')");
        await database.ExecuteAsync("insert into scope (key, region) values ('1/north', 'north'), ('1/south', 'south')");
        await database.ExecuteAsync(
            """
            insert into slo_scope (scope, from_min, watermark_min, bucket_min, day)
            select id, $1 - 1440, w.at, w.at - 10, $1 / 1440 from scope join (values ('north', $1 + 1440), ('south', $1 + 720)) w (region, at) using (region)
            """, T);
        return new(database);
    }

    public Task<int> VmAsync(string id) => database.ScalarAsync<int>(
        "insert into slo_vm (instance_id, scope) select $1, min(id) from scope returning id", id);

    public Task<int> GroupAsync(string region, string owner, string? plan = null, string type = "m5.large") => database.ScalarAsync<int>(
        "insert into slo_group (scope, region, owner, plan, instance_type) select id, region, $2, $3, $4 from scope where region = $1 returning id",
        region, owner, (object?)plan ?? DBNull.Value, type);

    /// <summary>An interval; minutes are counted from <see cref="T"/>, and null is open.</summary>
    public Task IntervalAsync(int vm, int from, int? to, int group, Cause cause, AgentSeen agent = AgentSeen.Unknown) => database.ExecuteAsync(
        "insert into slo_interval (vm, from_min, to_min, grp, cause, agent) values ($1, $2, $3, $4, $5, $6)",
        vm, T + from, to is { } end ? T + end : Minute.Open, group, (short)cause, (short)agent);

    /// <summary>A bucket; minutes are counted from <see cref="T"/>.</summary>
    public async Task BucketAsync(string dimension, string name, int at, Cause cause, int minutes, int reached = 0, int silent = 0)
    {
        var column = CauseColumns.All[CauseColumns.Of(cause)];
        await database.ExecuteAsync(
            $"""
            with k as (insert into slo_key (dimension, name) values ($1, $2) on conflict (dimension, name) do update set name = excluded.name returning id)
            insert into slo_five_minutes as b (key, at_min, {column}, reached, silent) select id, $3, $4, $5, $6 from k
            on conflict (key, at_min) do update set {column} = excluded.{column}, reached = b.reached + excluded.reached, silent = b.silent + excluded.silent
            """, dimension, name, T + at, minutes, reached, silent);
    }

    /// <summary>A VM's day; days are counted from 1 November.</summary>
    public Task DayAsync(int vm, int day, int group, int good, int bad, int excluded = 0, int unknown = 0, int reached = 0, int silent = 0) => database.ExecuteAsync(
        "insert into slo_daily values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        vm, (T / Minute.Day) + day, group, (short)good, (short)bad, (short)excluded, (short)unknown, (short)reached, (short)silent);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
