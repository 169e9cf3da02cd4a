using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Enforcement;

/// <summary>A person says that a case is right: what is proposed is approved, what was done stays.</summary>
internal static class ConfirmRequest
{
    /// <summary>Rules true_positive, approves what waits, or asks again for what failed. Another ruling is recorded and approves nothing; one that says Watchdog was wrong is refused.</summary>
    public static async Task<RequestAnswer?> TakeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, RequestRecord request, RequestPayload payload,
        ICaseClocks deadlines, DateTimeOffset now, CancellationToken ct)
    {
        if (of.State is CaseStates.Released)
        {
            return new RequestAnswer("refused", null, $"case {of.Id} was released: what was undone cannot be confirmed.");
        }

        if (payload.Ruling is { } wrong && Rulings.WasWrong(wrong))
        {
            return new RequestAnswer("refused", null,
                $"a case that is ruled {wrong} is released, not confirmed: nothing was approved or recorded. Ask for a release with that ruling.");
        }

        await Rulings.AppendAsync(connection, transaction, of.Id, now, payload.Ruling ?? Rulings.TruePositive, request.Actor, payload.Reason, ct);
        List<string> outcome = ["the ruling is recorded"];
        if (payload.Ruling == Rulings.Indeterminate && of.Clock is not null && deadlines.For(of.Class, now) is { } clock)
        {
            // Somebody has looked and cannot tell yet: the case stays as it is, for another span.
            await CaseWriter.SetClockAsync(connection, transaction, of.Id, clock, ct);
            return new RequestAnswer("done", null, $"the ruling is recorded; the case's clock begins anew: {clock.Words()}.");
        }

        if (payload.Ruling is { } other && other != Rulings.TruePositive)
        {
            // A duplicate, or nobody can tell: no ground to approve anything.
            return new RequestAnswer("done", null, $"the ruling {other} is recorded; nothing was approved, and the case stays {of.State}.");
        }

        if (of.ClosedAt is null)
        {
            var waiting = (await ActWriter.LockNotBegunAsync(connection, transaction, of.Id, ct)).Where(a => a.Kind != ActKinds.Release).ToList();
            foreach (var act in waiting.Where(a => a.State != ActStates.Admitted && a.ApprovedBy is null))
            {
                await ActWriter.ApproveAsync(connection, transaction, of, act, request.Actor, payload.Reason, now, ct);
                outcome.Add($"act {act.Id} ({act.Kind}) is approved; mode, brake and caps still hold it");
            }

            var inForce = await ActWriter.LockInForceAsync(connection, transaction, of.Id, ct);
            var failed = (await ActWriter.LockAllAsync(connection, transaction, of.Id, ct)).LastOrDefault(a => a.Kind != ActKinds.Release);
            // What failed half way has left steps in force, which the next plan knows of.
            if (waiting.Count == 0 && inForce.All(act => act.State == ActStates.Failed) && failed is { State: ActStates.Failed }
                && await ActWriter.AddAsync(connection, transaction, of, new NewAct(
                    failed.Kind, ActStates.Proposed, failed.Severity, failed.NeedsPerson, request.Actor, payload.Reason, request.Actor,
                    failed.RuleVersion, null, EpisodeId: failed.EpisodeId), now, ct) is { } again)
            {
                outcome.Add($"act {again.Id} ({again.Kind}) takes the place of act {failed.Id}, which failed");
            }

            await CaseWriter.SetStateAsync(connection, transaction, of.Id, CaseStates.Confirmed, now, ct);
            await Note.On(of, payload.Reason).AppendAsync(connection, transaction, now, request.Actor, "case.confirmed", ct);
        }

        return new RequestAnswer("done", null, string.Join("; ", outcome) + ".");
    }
}
