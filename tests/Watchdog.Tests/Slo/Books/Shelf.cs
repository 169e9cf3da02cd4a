using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Ledger;
using Watchdog.Slo;
using Watchdog.Slo.Books;
using Watchdog.Storage;
using Watchdog.Testing;

namespace Watchdog.Tests.Slo.Books;

/// <summary>Facts put into a real database by hand, and the books that are kept of them. Minutes count from <see cref="Start"/>.</summary>
internal sealed class Shelf : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private Shelf(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public SloOptions Options { get; } = new();

    public static async Task<Shelf> CreateAsync(int scopes = 1)
    {
        var shelf = new Shelf(await TestDatabase.CreateAsync());
        for (var i = 1; i <= scopes; i++)
        {
            await shelf.DoAsync("insert into scope (key, region) values ($1, $2)", $"default/r-{i}", $"r-{i}");
        }

        return shelf;
    }

    public static DateTimeOffset At(double minute) => Start.AddMinutes(minute);

    public async Task DoAsync(string sql, params object?[] values)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var command = Statement.On(connection, null, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The VM entered a state; its first one makes it a member of a group too.</summary>
    public async Task StateAsync(string vm, double at, string state, string? reason = null, double? seen = null, short scope = 1)
    {
        await DoAsync(
            "insert into vm_transition (instance_id, scope, at, observed_at, from_state, to_state, reason) values ($1, $2, $3, $4, null, $5, $6)",
            vm, scope, At(at), At(seen ?? at), state, reason);
        await DoAsync(
            """
            insert into vm_membership (instance_id, scope, at, owner, plan, instance_type)
            select $1, $2, case when m.id is null then $3 else $4 end, 'ann', 'pro', 'm6i.large'
            from (select 1) one left join lateral (select * from vm_membership where instance_id = $1 order by id desc limit 1) m on true
            where m.id is null or m.scope <> $2 and $5 <> 'gone'
            """, vm, scope, At(at), At(seen ?? at), state);
    }

    public Task TagAsync(string vm, double at, string owner, string plan, short scope = 1) =>
        DoAsync("insert into vm_membership (instance_id, scope, at, owner, plan, instance_type) values ($1, $2, $3, $4, $5, 'm6i.large')", vm, scope, At(at), owner, plan);

    public Task CheckAsync(string vm, double at, string? system, string? instance = "ok", double? since = null) =>
        DoAsync("insert into event (at, kind, subject, data) values ($1, 'vm.status', $2, $3)", At(at), vm, new Statement.Json(LedgerJson.Write(new
        {
            Scope = "default/r-1", Instance = system is null ? null : instance, System = system, Ebs = system is null ? null : "ok",
            ImpairedSince = since is { } from ? At(from) : (DateTimeOffset?)null,
        })));

    public async Task<short?> ScopeOfAsync(string vm) =>
        await RowsAsync($"select scope from vm_membership where instance_id = '{vm}' order by id desc limit 1") is { Length: > 0 } scope ? short.Parse(scope, null) : null;

    /// <summary>The scope was listed, without a gap.</summary>
    public async Task SeenAsync(double from, double to, short scope = 1)
    {
        foreach (var kind in (string[])["inventory", "status"])
        {
            await DoAsync("insert into scope_coverage (scope, kind, from_at, to_at, seen) values ($1, $2, $3, $4, true)", scope, kind, At(from), At(to));
        }
    }

    /// <summary>The VM was isolated for a new case.</summary>
    public async Task<long> IsolateAsync(string vm, double from, double told)
    {
        var id = await Database.ScalarAsync<long>(
            """
            with c as (insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version)
              values ($1, 1, 'ann', 'miner', $2, $2, 'contained', 1, 'r', 'v') returning id),
            a as (insert into act (case_id, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at)
              select id, $1, 1, 'quarantine', 'verified', 1, false, 'r', 'watchdog', 'v', $2 from c returning id, case_id),
            s as (insert into step (act_id, ordinal, kind, target, iam_action, before, wanted, state, started_at, called_at, done_at)
              select id, 1, 'isolate', 'eni-1', 'x', '{}', '{}', 'done', $2, $2, $2 from a)
            select id from c
            """, vm, At(from));
        await DoAsync(
            "insert into event (at, kind, subject, data) select $2, 'act.verified', 'case:' || case_id, jsonb_build_object('act', id) from act where case_id = $1", id, At(told));
        return id;
    }

    /// <summary>The VM was stopped because nobody used it.</summary>
    public async Task IdleStopAsync(string vm, double at)
    {
        var id = await Database.ScalarAsync<long>(
            """
            with a as (insert into act (purpose, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at)
              values ('idle', $1, 1, 'stop', 'verified', 1, false, 'r', 'watchdog', 'v', $2) returning id),
            s as (insert into step (act_id, ordinal, kind, target, iam_action, before, wanted, state, started_at, called_at, done_at)
              select id, 1, 'idle-stop', $1, 'x', '{}', '{}', 'done', $2, $2, $2 from a)
            select id from a
            """, vm, At(at));
        await DoAsync("insert into event (at, kind, subject, data) values ($1, 'act.verified', 'vm:' || $2, jsonb_build_object('act', $3::bigint))", At(at), vm, id);
    }

    public async Task RuleAsync(long caseId, double at, string ruling)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Rulings.AppendAsync(connection, transaction, caseId, At(at), ruling, "bob", "looked", default);
        await transaction.CommitAsync();
    }

    /// <summary>Takes the keeper's lease, once all that was written is settled: other tests' transactions on the server hold the logs' reading back.</summary>
    public async Task<Fence> FenceAsync()
    {
        var written = await Database.ScalarAsync<string>("select pg_current_xact_id()::text");
        await Until.TrueAsync(() => Database.ScalarAsync<bool>("select pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8", written));
        return await Leases.TakeAsync(Database.Source, [Leases.Slo], "t", Start, default);
    }

    public async Task<BookRun> RunAsync(double now) => await Keeper().RunAsync(await FenceAsync(), At(now), default);

    public BookKeeper Keeper() => new(Database.Source, Microsoft.Extensions.Options.Options.Create(Options), NullLogger<BookKeeper>.Instance);

    /// <summary>Forgets the books, but for what may never be forgotten.</summary>
    public async Task ForgetAsync()
    {
        await DoAsync("truncate slo_vm, slo_group, slo_interval, slo_key, slo_five_minutes, slo_daily, slo_scope, slo_month");
        await DoAsync("update slo_cursor set xid = '0', id = 0");
    }

    /// <summary>One column of rows, joined by blanks.</summary>
    public async Task<string> RowsAsync(string sql)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var command = Statement.On(connection, null, sql);
        return string.Join(' ', await Watchdog.Ledger.Rows.AllAsync(command, static r => r.GetValue(0).ToString(), default));
    }

    /// <summary>Intervals in minutes from the start: <c>vm[from,to)cause/owner/plan</c>.</summary>
    public Task<string> IntervalsAsync() => RowsAsync(
        $"""
        select v.instance_id || '[' || i.from_min - {Zero} || ',' || case when i.to_min = 2147483647 then '' else (i.to_min - {Zero})::text end || ')' || c.name
          || case when g.owner = 'ann' then '' else '/' || g.owner end || case when g.scope = 1 then '' else '@' || g.region end
        from slo_interval i join slo_vm v on v.id = i.vm join slo_cause c on c.cause = i.cause join slo_group g on g.id = i.grp order by v.instance_id, i.from_min
        """);

    public Task<string> BucketsAsync(string dimension = "fleet") => RowsAsync(
        $"""
        select k.name || '@' || b.at_min - {Zero} || ':' || c.name || '=' || b.minutes || case when b.reached + b.silent = 0 then '' else '/' || b.reached || '/' || b.silent end
        from slo_bucket b join slo_key k on k.id = b.key join slo_cause c on c.cause = b.cause where k.dimension = '{dimension}' order by k.name, b.at_min, b.cause
        """);

    public Task<string> DaysAsync() => RowsAsync(
        """
        select v.instance_id || '@' || d.day || ':' || g.owner || ',' || d.good || ',' || d.bad || ',' || d.excluded || ',' || d.unknown || ',' || d.reached || ',' || d.silent
        from slo_daily d join slo_vm v on v.id = d.vm join slo_group g on g.id = d.grp order by v.instance_id, d.day, g.owner, g.scope
        """);

    public async Task<string> AllAsync() => string.Join('\n', await IntervalsAsync(), await BucketsAsync(), await BucketsAsync("region"), await BucketsAsync("plan"), await DaysAsync());

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static int Zero => Watchdog.Slo.Minutes.Minute.Of(Start);
}
