using Npgsql;
using Watchdog.Storage;

namespace Watchdog.Ledger;

/// <summary>How acts end, and what that makes of their case and of the request that asked: one fenced transaction each.</summary>
public sealed class ActEndings(NpgsqlDataSource database)
{
    /// <summary>Every effect was seen. A containment makes the case contained, a release undoes the case's acts and closes it.</summary>
    public Task VerifiedAsync(Fence fence, ActRecord act, string detail, DateTimeOffset at, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            if (await EndAsync(connection, transaction, act, ActStates.Verified, detail, at, ct) is not { } of)
            {
                return;
            }

            if (act.Kind == ActKinds.Release)
            {
                await ReleaseAsync(connection, transaction, of, act.Actor, act.Reason, at, ct);
                await RequestInbox.AnswerByActAsync(connection, transaction, act.Id, "done", detail, at, ct);
                return;
            }

            var confirmed = await Rulings.LatestAsync(connection, transaction, of.Id, ct) == Rulings.TruePositive;
            await CaseWriter.SetStateAsync(connection, transaction, of.Id, confirmed ? CaseStates.Confirmed : CaseStates.Contained, at, ct);
            await Note.On(of, act, detail).AppendAsync(connection, transaction, at, Audit.Machine, "case.contained", ct);
        }, ct);

    /// <summary>It ended without its effect; steps that were begun stay in force until a release.</summary>
    /// <param name="gone">The VM is gone: the case closes with it.</param>
    public Task FailedAsync(Fence fence, ActRecord act, string reason, bool gone, DateTimeOffset at, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            if (await EndAsync(connection, transaction, act, ActStates.Failed, reason, at, ct) is not { } of)
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
            if (await EndAsync(connection, transaction, act, ActStates.Refused, reason, at, ct) is not { } of)
            {
                return;
            }

            await RequestInbox.AnswerByActAsync(connection, transaction, act.Id, "refused", reason, at, ct);
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

    // Null when somebody withdrew it meanwhile: that stands.
    private static async Task<CaseRecord?> EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ActRecord act, string state, string detail, DateTimeOffset at,
        CancellationToken ct)
    {
        // The case first, as everybody who locks both does.
        var of = await CaseWriter.LockAsync(connection, transaction, act.CaseId, ct)
            ?? throw new InvalidOperationException($"Act {act.Id} belongs to case {act.CaseId}, which does not exist.");
        await using var command = Statement.On(connection, transaction,
            """
            update act set state = $2, done_at = $3, due_at = null, detail = $4
            where id = $1 and state in ('admitted', 'executing', 'applied')
            """, act.Id, state, at, CleanText.Of(detail));
        if (await command.ExecuteNonQueryAsync(ct) == 0)
        {
            return null;
        }

        await Note.On(of, act, detail).AppendAsync(connection, transaction, at, act.ApprovedBy ?? act.Actor, $"act.{state}", ct);
        return of;
    }
}
