using Npgsql;
using Watchdog.Diagnostics;

namespace Watchdog.Ledger;

/// <summary>An act before it has a row.</summary>
/// <param name="PlanJson">What the planner has to know of how it was asked for; null when nothing.</param>
/// <param name="EpisodeId">The episode that gives rise to it; null for what a person asks for.</param>
/// <param name="Detail">What holds it or why it is refused; null when nothing does.</param>
/// <param name="EscalatedFrom">The act that did not hold the VM, and that this one takes over from.</param>
public sealed record NewAct(
    string Kind, string State, short Severity, bool NeedsPerson, string? ApprovedBy, string Reason, string Actor, string RuleVersion, string? Detail,
    string? PlanJson = null, long? EpisodeId = null, long? EscalatedFrom = null);

/// <summary>An act that waits for admission, and its case.</summary>
public sealed record WaitingAct(ActRecord Act, CaseRecord Case);

/// <summary>Writes acts up to their admission. Every method runs in its caller's transaction, which asserted its leases.</summary>
public static class ActWriter
{
    /// <summary>Writes an act with its note; null when the VM has an unfinished one of that kind.</summary>
    public static async Task<ActRecord?> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, NewAct act, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            with a as (
              insert into act (case_id, instance_id, scope, kind, state, severity, needs_person, approved_by, reason, actor, rule_version,
                proposed_at, admitted_at, done_at, detail, plan, episode_id, escalated_from, traceparent)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, case when $5 = 'admitted' then $12::timestamptz end,
                case when $5 = 'refused' then $12::timestamptz end, $13, $14, $15, $16, $17)
              on conflict (instance_id, kind, purpose) where state in ('observed', 'proposed', 'admitted', 'planned', 'executing', 'applied') do nothing
              returning *)
            select {Rows.Act} from a
            """,
            of.Id, of.InstanceId, of.Scope, act.Kind, act.State, act.Severity, act.NeedsPerson, act.ApprovedBy, CleanText.Of(act.Reason),
            CleanText.Of(act.Actor, 200), act.RuleVersion, at, act.Detail,
            act.PlanJson is null ? null : new Statement.Json(act.PlanJson), act.EpisodeId, act.EscalatedFrom, Spans.Traceparent);
        var added = (await Rows.AllAsync(command, Rows.ReadAct, ct)).SingleOrDefault();
        if (added is not null)
        {
            await Note.On(of, added, act.Detail ?? act.Reason).AppendAsync(connection, transaction, at, act.Actor, $"act.{act.State}", ct);
        }

        return added;
    }

    /// <summary>The acts of a case that have not begun, locked until the transaction ends.</summary>
    public static Task<List<ActRecord>> LockNotBegunAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long caseId, CancellationToken ct) =>
        LockAsync(connection, transaction, "a.case_id = $1 and a.state in ('observed', 'proposed', 'admitted')", caseId, ct);

    /// <summary>The acts of a case whose effect is, or may be, on the VM, oldest first, locked until the transaction ends.</summary>
    public static Task<List<ActRecord>> LockInForceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long caseId, CancellationToken ct) =>
        LockAsync(connection, transaction,
            """
            a.case_id = $1 and a.kind <> 'release' and (a.state in ('planned', 'executing', 'applied', 'verified', 'unverifiable', 'escalated')
              or a.state = 'failed' and exists (select 1 from step s where s.act_id = a.id and s.started_at is not null))
            """, caseId, ct);

    /// <summary>Every act of a case, oldest first, locked until the transaction ends.</summary>
    public static Task<List<ActRecord>> LockAllAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long caseId, CancellationToken ct) =>
        LockAsync(connection, transaction, "a.case_id = $1", caseId, ct);

    /// <summary>Withdraws the acts of a case that have not begun, releases excepted.</summary>
    /// <param name="episodeId">Only those that this episode gave rise to; null: all.</param>
    public static async Task WithdrawAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, long? episodeId, string actor, string reason, DateTimeOffset at,
        CancellationToken ct)
    {
        foreach (var act in await LockNotBegunAsync(connection, transaction, of.Id, ct))
        {
            if (act.Kind != ActKinds.Release && (episodeId is null || act.EpisodeId == episodeId))
            {
                await MoveAsync(connection, transaction, of, act, ActStates.Withdrawn, actor, reason, at, ct);
            }
        }
    }

    /// <summary>Gives a proposed act firmer ground: a confirmed finding takes the place of a suspicion.</summary>
    public static async Task FirmAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, ActRecord act, long episodeId, short severity, string reason,
        DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "update act set needs_person = false, episode_id = $2, severity = $3, reason = $4, detail = null where id = $1",
            act.Id, episodeId, severity, CleanText.Of(reason));
        await command.ExecuteNonQueryAsync(ct);
        await Note.On(of, act, reason).AppendAsync(connection, transaction, at, Audit.Machine, "act.firmed", ct);
    }

    /// <summary>Moves an act that has not begun to a state, with its note.</summary>
    public static async Task MoveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, ActRecord act, string state, string actor, string detail,
        DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            update act set state = $2, detail = $3, admitted_at = case when $2 = 'admitted' then $4::timestamptz else admitted_at end,
              done_at = case when $2 in ('withdrawn', 'refused', 'released') then $4::timestamptz end
            where id = $1
            """, act.Id, state, CleanText.Of(detail), at);
        await command.ExecuteNonQueryAsync(ct);
        await Note.On(of, act, detail).AppendAsync(connection, transaction, at, actor, $"act.{state}", ct);
    }

    /// <summary>Records that a person approved a proposed act.</summary>
    public static async Task ApproveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, ActRecord act, string actor, string reason, DateTimeOffset at,
        CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "update act set approved_by = $2 where id = $1", act.Id, CleanText.Of(actor, 200));
        await command.ExecuteNonQueryAsync(ct);
        await Note.On(of, act, reason).AppendAsync(connection, transaction, at, actor, "act.approved", ct);
    }

    /// <summary>Says what holds a proposed act, with a note when that is new: told once, however often it is held.</summary>
    public static async Task HoldAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, ActRecord act, string why, DateTimeOffset at, CancellationToken ct)
    {
        if (act.Detail == why)
        {
            return;
        }

        await using var command = Statement.On(connection, transaction, "update act set detail = $2 where id = $1", act.Id, why);
        await command.ExecuteNonQueryAsync(ct);
        await Note.On(of, act, why).AppendAsync(connection, transaction, at, Audit.Machine, "act.held", ct);
    }

    /// <summary>
    /// Every act of a case that waits for admission, with the case; the acts are locked until the transaction ends. One that somebody else is
    /// changing right now waits for the next admission: locking many cases' acts in any order must not deadlock.
    /// </summary>
    public static async Task<IReadOnlyList<WaitingAct>> LockWaitingAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var acts = Statement.On(connection, transaction,
            $"select {Rows.Act} from act a where a.purpose = 'abuse' and a.state in ('observed', 'proposed') order by a.id for update skip locked");
        var waiting = await Rows.AllAsync(acts, Rows.ReadAct, ct);
        await using var cases = Statement.On(connection, transaction,
            $"select {Rows.Case} from case_file c where c.id = any($1)", waiting.Select(a => a.CaseId!.Value).Distinct().ToArray());
        var byId = (await Rows.AllAsync(cases, Rows.ReadCase, ct)).ToDictionary(c => c.Id);
        return [.. waiting.Select(act => new WaitingAct(act, byId[act.CaseId!.Value]))];
    }

    private static async Task<List<ActRecord>> LockAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string where, long caseId, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"select {Rows.Act} from act a where {where} order by a.id for update", caseId);
        return await Rows.AllAsync(command, Rows.ReadAct, ct);
    }
}
