using Watchdog.Enforcement.Plans;
using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Enforcement;

/// <summary>A person asks for a case's VM to be released.</summary>
internal static class ReleaseRequest
{
    /// <summary>Withdraws what has not begun; what has is undone by an act of its own.</summary>
    public static async Task<RequestAnswer?> TakeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, RequestRecord request, RequestPayload payload,
        DateTimeOffset now, CancellationToken ct)
    {
        if (of.ClosedAt is not null)
        {
            return new RequestAnswer("refused", null, $"case {of.Id} is {of.State} already.");
        }

        var waiting = await ActWriter.LockNotBegunAsync(connection, transaction, of.Id, ct);
        if (waiting.Any(act => act.Kind == ActKinds.Release))
        {
            return new RequestAnswer("refused", null, $"a release of case {of.Id} is under way.");
        }

        if (payload.Ruling is { } ruling)
        {
            await Rulings.AppendAsync(connection, transaction, of.Id, now, ruling, request.Actor, payload.Reason, ct);
        }

        await ActWriter.WithdrawAsync(connection, transaction, of, null, request.Actor, payload.Reason, now, ct);
        var inForce = await ActWriter.LockInForceAsync(connection, transaction, of.Id, ct);
        if (inForce.Count == 0)
        {
            await ActEndings.ReleaseAsync(connection, transaction, of, request.Actor, payload.Reason, now, ct);
            return new RequestAnswer("done", null, "nothing had been done to the VM; the case is released.");
        }

        var act = await ActWriter.AddAsync(connection, transaction, of, new NewAct(
            ActKinds.Release, ActStates.Admitted, short.MaxValue, NeedsPerson: true, request.Actor, payload.Reason, request.Actor, of.RuleVersion,
            null, LedgerJson.Write(new ReleaseOrder(payload.Force))), now, ct);
        return act is null
            ? new RequestAnswer("refused", null, $"a release of {of.InstanceId} is under way.")
            : new RequestAnswer("accepted", act.Id, $"act {act.Id} undoes {inForce.Count} act(s).");
    }
}
