using Npgsql;
using Watchdog.Diagnostics;

namespace Watchdog.Ledger;

/// <summary>An act without a case before it has a row.</summary>
/// <param name="Kind"><see cref="ActKinds.Stop"/>, <see cref="ActKinds.Release"/>, <see cref="ActKinds.Notify"/> or <see cref="ActKinds.Untag"/>.</param>
/// <param name="Actor">Who asks for it.</param>
/// <param name="PlanJson">What the planner has to know of how it was asked for; null when nothing.</param>
public sealed record NewCaselessAct(
    string InstanceId, short Scope, string Kind, string State, string Reason, string Actor, string RuleVersion, string? Detail, string? PlanJson = null)
{
    /// <summary>The policy that gave rise to it; null where a person did.</summary>
    public string? Policy { get; init; }

    /// <summary>The time of a schedule that it is for, before which it does not begin; null where no schedule gave rise to it. One time has one act.</summary>
    public DateTimeOffset? OccurrenceAt { get; init; }

    /// <summary>Not before then; null: at once.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>
/// Writes acts that have no case: stops of VMs that nobody uses, and their undoing. Every method runs in its caller's transaction, which
/// asserted its leases.
/// </summary>
public static class CaselessActs
{
    /// <summary>Below every act of a case.</summary>
    private const short Severity = 0;

    /// <summary>Writes an act with its note; null when the VM has an unfinished one of that kind, or one for that time of its schedule.</summary>
    public static async Task<ActRecord?> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, NewCaselessAct act, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            with a as (
              insert into act (case_id, purpose, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, admitted_at, detail,
                traceparent, plan, policy, occurrence_at, due_at)
              values (null, 'idle', $1, $2, $3, $4, $5, false, $6, $7, $8, $9, case when $4 = 'admitted' then $9::timestamptz end, $10, $11, $12, $13, $14, $15)
              on conflict do nothing
              returning *)
            select {Rows.Act} from a
            """,
            act.InstanceId, act.Scope, act.Kind, act.State, Severity, CleanText.Of(act.Reason), CleanText.Of(act.Actor, 200), act.RuleVersion, at, act.Detail,
            Spans.Traceparent, act.PlanJson is null ? null : new Statement.Json(act.PlanJson), act.Policy, act.OccurrenceAt, act.DueAt);
        var added = (await Rows.AllAsync(command, Rows.ReadAct, ct)).SingleOrDefault();
        if (added is not null)
        {
            await NoteAsync(connection, transaction, added, act.Actor, $"act.{act.State}", act.Detail ?? act.Reason, at, ct);
        }

        return added;
    }

    /// <summary>Of these stops, those that wait for admission, oldest first, locked; one that somebody else is changing right now waits for the next admission.</summary>
    public static async Task<IReadOnlyList<ActRecord>> LockWaitingAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long[] ids, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"select {Rows.Act} from act a where a.id = any($1) and a.state in ('observed', 'proposed') order by a.id for update skip locked", ids);
        return await Rows.AllAsync(command, Rows.ReadAct, ct);
    }

    /// <summary>Withdraws an act that is admitted and not begun; one that has begun goes on.</summary>
    public static async Task WithdrawNotBegunAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long id, string why, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, $"select {Rows.Act} from act a where a.id = $1 and a.state = 'admitted' for update", id);
        foreach (var act in await Rows.AllAsync(command, Rows.ReadAct, ct))
        {
            await MoveAsync(connection, transaction, act, ActStates.Withdrawn, Audit.Machine, why, at, ct);
        }
    }

    /// <summary>The VM's idle stops in some states, oldest first, locked until the transaction ends.</summary>
    public static async Task<IReadOnlyList<ActRecord>> LockStopsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string[] instanceIds, string[] states, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"select {Rows.Act} from act a where a.purpose = 'idle' and a.kind = 'stop' and a.instance_id = any($1) and a.state = any($2) order by a.id for update",
            instanceIds, states);
        return await Rows.AllAsync(command, Rows.ReadAct, ct);
    }

    /// <summary>Moves an act that waits, or one in force, to a state, with its note.</summary>
    public static async Task MoveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ActRecord act, string state, string actor, string detail, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            update act set state = $2, detail = $3, admitted_at = case when $2 = 'admitted' then $4::timestamptz else admitted_at end,
              done_at = case when $2 in ('withdrawn', 'released') then $4::timestamptz end
            where id = $1
            """, act.Id, state, CleanText.Of(detail), at);
        await command.ExecuteNonQueryAsync(ct);
        await NoteAsync(connection, transaction, act, actor, $"act.{state}", detail, at, ct);
    }

    /// <summary>Says what holds a stop, with a note when that is new: told once, however often it is held.</summary>
    public static async Task HoldAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ActRecord act, string why, DateTimeOffset at, CancellationToken ct)
    {
        if (act.Detail == why && act.State == ActStates.Proposed)
        {
            return;
        }

        await using var command = Statement.On(connection, transaction, "update act set state = 'proposed', detail = $2 where id = $1", act.Id, why);
        await command.ExecuteNonQueryAsync(ct);
        await NoteAsync(connection, transaction, act, Audit.Machine, "act.held", why, at, ct);
    }

    /// <summary>Records that a person asked for a stop that waits.</summary>
    public static async Task ApproveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ActRecord act, string actor, string reason, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "update act set approved_by = $2 where id = $1", act.Id, CleanText.Of(actor, 200));
        await command.ExecuteNonQueryAsync(ct);
        await NoteAsync(connection, transaction, act, actor, "act.approved", reason, at, ct);
    }

    /// <summary>A release was seen to take effect: the VM's idle stops are undone.</summary>
    internal static async Task ReleasedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ActRecord release, DateTimeOffset at, CancellationToken ct)
    {
        string[] done = [ActStates.Planned, ActStates.Executing, ActStates.Verified, ActStates.Failed];
        foreach (var stop in await LockStopsAsync(connection, transaction, [release.InstanceId], done, ct))
        {
            await MoveAsync(connection, transaction, stop, ActStates.Released, release.Actor, release.Reason, at, ct);
        }
    }

    private static async Task NoteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ActRecord act, string actor, string what, string reason, DateTimeOffset at, CancellationToken ct) =>
        await (await Note.OnAsync(connection, transaction, null, act, reason, ct)).AppendAsync(connection, transaction, at, actor, what, ct);
}
