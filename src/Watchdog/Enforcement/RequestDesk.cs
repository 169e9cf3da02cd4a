using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Storage;

namespace Watchdog.Enforcement;

/// <summary>Takes what people asked for: each request in one fenced transaction that answers it or hands it to an act.</summary>
public sealed class RequestDesk(NpgsqlDataSource database, RequestInbox inbox, ICaseClocks deadlines, Clocks clocks)
{
    /// <summary>Takes every open request of a scope; returns how many.</summary>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task<int> TakeAsync(Scope scope, Fence fence, CancellationToken ct)
    {
        var open = await inbox.OpenAsync(scope.Id, ct);
        foreach (var id in open)
        {
            await FencedWrite.RunAsync(database, fence, (connection, transaction) => TakeOneAsync(connection, transaction, id, ct), ct);
        }

        return open.Count;
    }

    private async Task TakeOneAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, CancellationToken ct)
    {
        if (await RequestInbox.LockOpenAsync(connection, transaction, id, ct) is not { } request
            || await CaseWriter.LockAsync(connection, transaction, request.CaseId, ct) is not { } of)
        {
            return;
        }

        var now = clocks.Fleet.GetUtcNow();
        if (request.ExpectedVersion is { } seen && seen != of.Version)
        {
            await AnswerAsync("refused", null,
                $"case {of.Id} changed since you saw it: you saw version {seen}, it is at {of.Version} and {of.State}. Look again, then ask again.");
            return;
        }

        var payload = LedgerJson.Read<RequestPayload>(request.PayloadJson);
        var answer = request.Kind == RequestKinds.Release
            ? await ReleaseRequest.TakeAsync(connection, transaction, of, request, payload, now, ct)
            : await ConfirmRequest.TakeAsync(connection, transaction, of, request, payload, deadlines, now, ct);
        await AnswerAsync(answer.State, answer.Act, answer.Outcome);

        Task AnswerAsync(string state, long? act, string outcome) =>
            RequestInbox.AnswerAsync(connection, transaction, id, state, act, outcome, now, ct);
    }
}

/// <summary>What became of a request.</summary>
/// <param name="State"><c>accepted done refused</c>.</param>
/// <param name="Act">The act that carries it out, where one does.</param>
/// <param name="Outcome">In a sentence, for the person who asked.</param>
internal sealed record RequestAnswer(string State, long? Act, string Outcome);
