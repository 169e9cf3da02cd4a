using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger.Appeals;

namespace Watchdog.Ledger;

/// <summary>Opens, widens and closes cases. Every method runs in its caller's transaction, which asserted its leases.</summary>
public static class CaseWriter
{
    /// <summary>The VM's open case, locked until the transaction ends; null when it has none.</summary>
    public static async Task<CaseRecord?> LockOpenAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string instanceId, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"select {Rows.Case} from case_file c where c.instance_id = $1 and c.closed_at is null for update", instanceId);
        return (await Rows.AllAsync(command, Rows.ReadCase, ct)).SingleOrDefault();
    }

    /// <summary>A case by its key, locked until the transaction ends; null when there is none.</summary>
    public static async Task<CaseRecord?> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, $"select {Rows.Case} from case_file c where c.id = $1 for update", id);
        return (await Rows.AllAsync(command, Rows.ReadCase, ct)).SingleOrDefault();
    }

    /// <summary>Cases by their keys, in their order; an unknown one is absent.</summary>
    public static async Task<IReadOnlyList<CaseRecord>> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long[] ids, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, $"select {Rows.Case} from case_file c where c.id = any($1) order by c.id", [ids]);
        return await Rows.AllAsync(command, Rows.ReadCase, ct);
    }

    /// <summary>Opens a case without episodes; <see cref="JoinAsync"/> adds them.</summary>
    public static async Task<CaseRecord> OpenAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string instanceId, short scope, string owner, string finding,
        double score, string reason, string ruleVersion, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            with c as (
              insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version, traceparent)
              values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9) returning *)
            select {Rows.Case} from c
            """,
            instanceId, scope, owner, finding, at, score, CleanText.Of(reason), ruleVersion, Spans.Traceparent);
        return (await Rows.AllAsync(command, Rows.ReadCase, ct)).Single();
    }

    /// <summary>Adds an episode to a case, or freezes its newer finding there; says whether the episode was new to the case.</summary>
    public static async Task<bool> JoinAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseEpisodeRecord episode, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            insert into case_episode (case_id, episode_id, class, onset, joined_at, score, reason, finding)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (case_id, episode_id) do update
              set score = excluded.score, reason = excluded.reason, finding = excluded.finding, ended_at = null
            returning xmax = 0
            """,
            episode.CaseId, episode.EpisodeId, episode.Class, episode.Onset, episode.JoinedAt, episode.Score, CleanText.Of(episode.Reason),
            new Statement.Json(episode.FindingJson));
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Makes a class the case's headline.</summary>
    public static Task HeadlineAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long id, string finding, double score, string reason, CancellationToken ct) =>
        RunAsync(connection, transaction,
            "update case_file set class = $2, score = $3, reason = $4, version = version + 1 where id = $1",
            [id, finding, score, CleanText.Of(reason)], ct);

    /// <summary>Ends an episode of a case; says whether the case held it.</summary>
    public static async Task<bool> EndEpisodeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long id, long episodeId, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "update case_episode set ended_at = $3 where case_id = $1 and episode_id = $2 and ended_at is null", id, episodeId, at);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>Moves a case to a state; <c>released</c> and <c>closed</c> close it and end its appeal. Its clock runs only while it is contained.</summary>
    public static async Task SetStateAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long id, string state, DateTimeOffset at, CancellationToken ct)
    {
        await RunAsync(connection, transaction,
            """
            update case_file set state = $2, version = version + 1,
              closed_at = case when $2 in ('released', 'closed') then coalesce(closed_at, $3) end,
              clock_at = case when $2 = 'contained' then clock_at end, clock_does = case when $2 = 'contained' then clock_does end,
              clock_fired_at = case when $2 = 'contained' then clock_fired_at end
            where id = $1 and state <> $2
            """, [id, state, at], ct);
        if (state is CaseStates.Released or CaseStates.Closed)
        {
            await AppealTable.EndAsync(connection, transaction, id, state == CaseStates.Released ? AppealEnds.Released : AppealEnds.Closed, at, ct);
        }
    }

    /// <summary>
    /// Closes a case whose behaviour ended and on whose VM nothing of Watchdog's is, or may be; says whether it did. One that a person
    /// still has to look at, because something was done, stays.
    /// </summary>
    public static async Task<bool> CloseIfSpentAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, string reason, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select not exists (select 1 from case_episode e where e.case_id = $1 and e.ended_at is null)
              and not exists (select 1 from act a where a.case_id = $1 and (
                a.state in ('observed', 'proposed', 'admitted', 'planned', 'executing', 'applied')
                or a.kind not in ('release', 'warn', 'reboot') and a.state in ('verified', 'unverifiable', 'escalated')
                or a.kind <> 'release' and a.state = 'failed'
                  and exists (select 1 from step s where s.act_id = a.id and s.started_at is not null and s.undo is not null)))
            """, of.Id);
        if (of.ClosedAt is not null || !(bool)(await command.ExecuteScalarAsync(ct))!)
        {
            return false;
        }

        await SetStateAsync(connection, transaction, of.Id, CaseStates.Closed, at, ct);
        await Note.On(of, reason).AppendAsync(connection, transaction, at, Audit.Machine, "case.closed", ct);
        return true;
    }

    /// <summary>Winds a case's clock; null takes it away.</summary>
    public static Task SetClockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, CaseClock? clock, CancellationToken ct) =>
        RunAsync(connection, transaction,
            "update case_file set clock_at = $2::timestamptz, clock_does = $3, clock_fired_at = $4::timestamptz where id = $1",
            [id, clock?.At, clock?.Does, clock?.FiredAt], ct);

    /// <summary>Says who has taken the case on.</summary>
    public static Task AssignAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, string assignee, CancellationToken ct) =>
        RunAsync(connection, transaction,
            "update case_file set assignee = $2, version = version + 1 where id = $1", [id, CleanText.Of(assignee, RequestRules.LongestName)], ct);

    /// <summary>What a person should have seen before asking for something has changed beside the case's own row.</summary>
    public static Task MarkChangedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, CancellationToken ct) =>
        RunAsync(connection, transaction, "update case_file set version = version + 1 where id = $1", [id], ct);

    /// <summary>The contained cases of a scope whose clocks have fallen due and not fired, locked; one that somebody changes right now waits.</summary>
    /// <param name="releases">False: only those that escalate.</param>
    public static async Task<IReadOnlyList<CaseRecord>> LockDueClocksAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, int limit, bool releases, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            select {Rows.Case} from case_file c
            where c.scope = $1 and c.clock_at <= $2 and c.clock_fired_at is null and c.state = 'contained' and ($3 or c.clock_does = 'escalate')
            order by c.clock_at limit $4 for update skip locked
            """, scope, now, releases, limit);
        return await Rows.AllAsync(command, Rows.ReadCase, ct);
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, object?[] values, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }
}
