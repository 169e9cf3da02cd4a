using Npgsql;
using Watchdog.Storage;

namespace Watchdog.Ledger;

/// <summary>
/// The journal of acts under way: every change of state is one fenced transaction, with its event and audit line. What is journalled
/// before a call is enough to finish the act, or to undo it, after any crash (DESIGN laws 1 and 7).
/// </summary>
public sealed class ActJournal(NpgsqlDataSource database)
{
    /// <summary>
    /// Acts of a scope that are due, in the order to do them: releases, then by severity, then the oldest. A VM whose release is
    /// asked for or under way has no other act carried out.
    /// </summary>
    /// <param name="begun">True: those whose steps are journalled; false: those admitted and not begun.</param>
    /// <param name="purpose">One of <see cref="ActPurposes"/>.</param>
    public async Task<IReadOnlyList<ActRecord>> DueAsync(short scope, string purpose, bool begun, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"""
            select {Rows.Act} from act a
            where a.scope = $1 and a.purpose = $4 and a.state = any($2) and (a.due_at is null or a.due_at <= $3)
              and (a.kind = 'release' or not exists (select 1 from act r where r.instance_id = a.instance_id and r.kind = 'release'
                  and r.state in ('admitted', 'planned', 'executing', 'applied'))
                and not exists (select 1 from request q where q.case_id = a.case_id and q.kind = 'release' and q.state in ('open', 'held')))
            order by a.kind = 'release' desc, a.severity desc, a.id
            """,
            scope, begun ? new[] { ActStates.Planned, ActStates.Executing, ActStates.Applied } : [ActStates.Admitted], now, purpose);
        return await Rows.AllAsync(command, Rows.ReadAct, ct);
    }

    /// <summary>The steps of an act, in order.</summary>
    public async Task<IReadOnlyList<StepRecord>> StepsAsync(long act, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null, $"select {Rows.Step} from step s where s.act_id = $1 order by s.ordinal", act);
        return await Rows.AllAsync(command, Rows.ReadStep, ct);
    }

    /// <summary>
    /// The steps that have, or may have, changed a VM and were not undone, oldest first: what a release restores, and what a new plan
    /// must not take for the VM's own state.
    /// </summary>
    /// <param name="purpose">One of <see cref="ActPurposes"/>: a case's release leaves an idle stop as it is, and the other way round.</param>
    public async Task<IReadOnlyList<StepRecord>> InForceAsync(string instanceId, string purpose, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"""
            select {Rows.Step} from step s join act a on a.id = s.act_id
            where a.instance_id = $1 and a.purpose = $2 and a.kind <> 'release' and a.state in ('executing', 'applied', 'verified', 'unverifiable', 'escalated', 'failed')
              and s.started_at is not null and s.undo is not null
            order by s.id
            """, instanceId, purpose);
        return await Rows.AllAsync(command, Rows.ReadStep, ct);
    }

    /// <summary>Journals a plan: the act is planned, its steps are written. Nothing is called before this is committed.</summary>
    /// <returns>False when the act was withdrawn meanwhile.</returns>
    public Task<bool> BeginAsync(
        Fence fence, ActRecord act, string planJson, string summary, IReadOnlyList<NewStep> steps, DateTimeOffset at, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await using var begin = Statement.On(connection, transaction,
                "update act set state = 'planned', plan = $2, detail = null, due_at = null where id = $1 and state = 'admitted'",
                act.Id, new Statement.Json(planJson));
            if (await begin.ExecuteNonQueryAsync(ct) == 0)
            {
                return false;
            }

            for (var ordinal = 0; ordinal < steps.Count; ordinal++)
            {
                var step = steps[ordinal];
                await using var insert = Statement.On(connection, transaction,
                    """
                    insert into step (act_id, ordinal, kind, target, iam_action, before, wanted, undo, state, detail)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                    """,
                    act.Id, ordinal, step.Kind, step.Target, step.IamAction, new Statement.Json(step.BeforeJson), new Statement.Json(step.WantedJson),
                    step.UndoJson is null ? null : new Statement.Json(step.UndoJson), step.State, step.Detail);
                await insert.ExecuteNonQueryAsync(ct);
            }

            await NoteAsync(connection, transaction, act, "act.planned", summary, at, ct);
            return true;
        }, ct);

    /// <summary>Puts an act off until an instant.</summary>
    /// <param name="setback">Whether this counts as an attempt that failed.</param>
    public Task DelayAsync(Fence fence, ActRecord act, DateTimeOffset until, bool setback, string detail, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await using var command = Statement.On(connection, transaction,
                "update act set due_at = $2, attempts = attempts + $3, detail = $4 where id = $1",
                act.Id, until, setback ? 1 : 0, CleanText.Of(detail));
            await command.ExecuteNonQueryAsync(ct);
        }, ct);

    /// <summary>Tells what an act meets on its way, as an event and an audit line.</summary>
    public Task TellAsync(Fence fence, ActRecord act, string what, string reason, DateTimeOffset at, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, (connection, transaction) => NoteAsync(connection, transaction, act, what, reason, at, ct), ct);

    /// <summary>A plan that is shown to the person who decides; nothing begins.</summary>
    public Task DraftAsync(Fence fence, ActRecord act, string planJson, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await using var command = Statement.On(connection, transaction,
                "update act set plan = $2 where id = $1 and state in ('observed', 'proposed') and plan is null", act.Id, new Statement.Json(planJson));
            await command.ExecuteNonQueryAsync(ct);
        }, ct);

    /// <summary>Acts of a scope that wait for a person without a plan to look at, the most severe first.</summary>
    public async Task<IReadOnlyList<ActRecord>> WithoutPlanAsync(short scope, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"""
            select {Rows.Act} from act a where a.scope = $1 and a.purpose = 'abuse' and a.state in ('observed', 'proposed') and a.plan is null
            order by a.severity desc, a.id limit $2
            """, scope, limit);
        return await Rows.AllAsync(command, Rows.ReadAct, ct);
    }

    /// <summary>What the verification has gathered; it goes on at an instant.</summary>
    public Task VerifyingAsync(Fence fence, ActRecord act, string verificationJson, DateTimeOffset until, string detail, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await using var command = Statement.On(connection, transaction,
                "update act set verification = $2, due_at = $3, detail = $4 where id = $1 and state = 'applied'",
                act.Id, new Statement.Json(verificationJson), until, CleanText.Of(detail));
            await command.ExecuteNonQueryAsync(ct);
        }, ct);

    /// <summary>Writes an act's note in the caller's transaction.</summary>
    private static async Task NoteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ActRecord act, string what, string reason, DateTimeOffset at,
        CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, $"select {Rows.Case} from case_file c where c.id = $1", act.CaseId);
        var of = (await Rows.AllAsync(command, Rows.ReadCase, ct)).SingleOrDefault();
        await (await Note.OnAsync(connection, transaction, of, act, reason, ct)).AppendAsync(connection, transaction, at, act.ApprovedBy ?? act.Actor, what, ct);
    }
}
