using Npgsql;
using Watchdog.Storage;

namespace Watchdog.Ledger;

/// <summary>How acts end, and what that makes of their case and of the request that asked: one fenced transaction each.</summary>
public sealed class ActEndings(NpgsqlDataSource database, ICaseClocks clocks)
{
    /// <summary>Every effect was seen. A containment makes the case contained, a release undoes the case's acts and closes it.</summary>
    public Task VerifiedAsync(Fence fence, ActRecord act, string detail, DateTimeOffset at, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            var (ended, of) = await EndAsync(connection, transaction, act, ActStates.Verified, detail, at, ct);
            if (!ended)
            {
                return;
            }

            if (act.Kind == ActKinds.Release)
            {
                await (of is null ? CaselessActs.ReleasedAsync(connection, transaction, act, at, ct)
                    : ReleaseAsync(connection, transaction, of, act.Actor, act.Reason, at, ct));
                await RequestInbox.AnswerByActAsync(connection, transaction, act.Id, "done", detail, at, ct);
                return;
            }

            if (act.State != ActStates.Applied && of is not null)
            {
                await ContainedAsync(connection, transaction, of, act, detail, at, ct);
            }
        }, ct);

    /// <summary>Every change of it is in force: the case is contained. Whether it holds is for the verification to say.</summary>
    /// <param name="until">When the verification looks first.</param>
    public Task AppliedAsync(Fence fence, ActRecord act, string verificationJson, DateTimeOffset until, DateTimeOffset at, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            var of = await CaseOfAsync(connection, transaction, act, ct)
                ?? throw new InvalidOperationException($"Act {act.Id} contains nothing: it has no case.");
            await using var command = Statement.On(connection, transaction,
                """
                update act set state = 'applied', due_at = $2, verification = $3, detail = 'every change is in force; whether it holds is being watched'
                where id = $1 and state in ('planned', 'executing')
                """, act.Id, until, new Statement.Json(verificationJson));
            if (await command.ExecuteNonQueryAsync(ct) > 0)
            {
                const string told = "every change was read back";
                await Note.On(of, act, told).AppendAsync(connection, transaction, at, act.ApprovedBy ?? act.Actor, "act.applied", ct);
                await ContainedAsync(connection, transaction, of, act, told, at, ct);
            }
        }, ct);

    /// <summary>Its changes are in force, and nothing shows whether they hold: people are told, and nothing more is done.</summary>
    public Task UnverifiableAsync(Fence fence, ActRecord act, string detail, DateTimeOffset at, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, (connection, transaction) =>
            EndAsync(connection, transaction, act, ActStates.Unverifiable, detail, at, ct), ct);

    /// <summary>Its changes are in force and did not hold the VM: a stop takes over, beyond caps that the first act has passed.</summary>
    public Task EscalatedAsync(Fence fence, ActRecord act, string detail, DateTimeOffset at, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            if (await EndAsync(connection, transaction, act, ActStates.Escalated, detail, at, ct) is not (true, { } of))
            {
                return;
            }

            var reason = $"act {act.Id} did not hold the VM: {detail}";
            foreach (var waiting in (await ActWriter.LockNotBegunAsync(connection, transaction, of.Id, ct)).Where(a => a.Kind == ActKinds.Stop && a.State != ActStates.Admitted))
            {
                await ActWriter.MoveAsync(connection, transaction, of, waiting, ActStates.Withdrawn, Audit.Machine, reason, at, ct);
            }

            await ActWriter.AddAsync(connection, transaction, of, new NewAct(
                ActKinds.Stop, ActStates.Admitted, short.MaxValue - 1, NeedsPerson: false, act.ApprovedBy, reason, Audit.Machine, act.RuleVersion, null,
                EpisodeId: act.EpisodeId, EscalatedFrom: act.Id), at, ct);
        }, ct);

    /// <summary>It ended without its effect; steps that were begun stay in force until a release.</summary>
    /// <param name="gone">The VM is gone: the case closes with it.</param>
    public Task FailedAsync(Fence fence, ActRecord act, string reason, bool gone, DateTimeOffset at, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            var (ended, of) = await EndAsync(connection, transaction, act, ActStates.Failed, reason, at, ct);
            if (!ended)
            {
                return;
            }

            await using var steps = Statement.On(connection, transaction,
                """
                update step set state = case when started_at is null then 'skipped' else 'failed' end
                where act_id = $1 and state in ('planned', 'executing')
                """, act.Id);
            await steps.ExecuteNonQueryAsync(ct);
            await RequestInbox.AnswerByActAsync(connection, transaction, act.Id, "failed", reason, at, ct);
            if (of is null)
            {
                return;
            }

            if (gone && of.ClosedAt is null)
            {
                await ActWriter.WithdrawAsync(connection, transaction, of, null, Audit.Machine, reason, at, ct);
                await CaseWriter.SetStateAsync(connection, transaction, of.Id, CaseStates.Closed, at, ct);
                await Note.On(of, reason).AppendAsync(connection, transaction, at, Audit.Machine, "case.closed", ct);
            }
            else
            {
                await CaseWriter.CloseIfSpentAsync(connection, transaction, of, "the behaviour ended and nothing was done", at, ct);
            }
        }, ct);

    /// <summary>Watchdog will not do it.</summary>
    public Task RefusedAsync(Fence fence, ActRecord act, string reason, DateTimeOffset at, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            var (ended, of) = await EndAsync(connection, transaction, act, ActStates.Refused, reason, at, ct);
            if (!ended)
            {
                return;
            }

            await RequestInbox.AnswerByActAsync(connection, transaction, act.Id, "refused", reason, at, ct);
            if (of is null)
            {
                return;
            }

            await CaseWriter.CloseIfSpentAsync(connection, transaction, of, "the behaviour ended and nothing was done", at, ct);
        }, ct);

    /// <summary>Marks all that was done for a case as undone and closes it, in the caller's transaction.</summary>
    public static async Task ReleaseAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, string actor, string reason, DateTimeOffset at,
        CancellationToken ct)
    {
        await ActWriter.WithdrawAsync(connection, transaction, of, null, actor, reason, at, ct);
        foreach (var done in await ActWriter.LockInForceAsync(connection, transaction, of.Id, ct))
        {
            await ActWriter.MoveAsync(connection, transaction, of, done, ActStates.Released, actor, reason, at, ct);
        }

        await CaseWriter.SetStateAsync(connection, transaction, of.Id, CaseStates.Released, at, ct);
        await Note.On(of, reason).AppendAsync(connection, transaction, at, actor, "case.released", ct);
    }

    /// <summary>Its ground went away before any call was made.</summary>
    public Task WithdrawnAsync(Fence fence, ActRecord act, string reason, DateTimeOffset at, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            if (await EndAsync(connection, transaction, act, ActStates.Withdrawn, reason, at, ct) is (true, _))
            {
                await using var steps = Statement.On(connection, transaction,
                    "update step set state = 'skipped' where act_id = $1 and state in ('planned', 'executing')", act.Id);
                await steps.ExecuteNonQueryAsync(ct);
            }
        }, ct);

    // Not ended when somebody withdrew it meanwhile: that stands. The case is null where the act has none.
    private static async Task<(bool Ended, CaseRecord? Of)> EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ActRecord act, string state, string detail, DateTimeOffset at,
        CancellationToken ct)
    {
        var of = await CaseOfAsync(connection, transaction, act, ct);
        await using var command = Statement.On(connection, transaction,
            """
            update act set state = $2, done_at = $3, due_at = null, detail = $4
            where id = $1 and state in ('admitted', 'planned', 'executing', 'applied')
            """, act.Id, state, at, CleanText.Of(detail));
        if (await command.ExecuteNonQueryAsync(ct) == 0)
        {
            return (false, of);
        }

        await (await Note.OnAsync(connection, transaction, of, act, detail, ct)).AppendAsync(connection, transaction, at, act.ApprovedBy ?? act.Actor, $"act.{state}", ct);
        return (true, of);
    }

    // The case first, as everybody who locks both does.
    private static async Task<CaseRecord?> CaseOfAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ActRecord act, CancellationToken ct) =>
        act.CaseId is not { } id ? null
        : await CaseWriter.LockAsync(connection, transaction, id, ct)
            ?? throw new InvalidOperationException($"Act {act.Id} belongs to case {id}, which does not exist.");

    // A warning and a block of the owner leave the VM as it is.
    private async Task ContainedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, ActRecord act, string detail, DateTimeOffset at, CancellationToken ct)
    {
        if (act.Kind is ActKinds.Warn or ActKinds.Block || of.State is CaseStates.Contained or CaseStates.Confirmed)
        {
            return;
        }

        var confirmed = await Rulings.LatestAsync(connection, transaction, of.Id, ct) == Rulings.TruePositive;
        await CaseWriter.SetStateAsync(connection, transaction, of.Id, confirmed ? CaseStates.Confirmed : CaseStates.Contained, at, ct);
        if (!confirmed && clocks.For(of.Class, at) is { } clock)
        {
            await CaseWriter.SetClockAsync(connection, transaction, of.Id, clock, ct);
        }

        await Note.On(of, act, detail).AppendAsync(connection, transaction, at, Audit.Machine, "case.contained", ct);
    }
}
