using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;

namespace Watchdog.Enforcement;

/// <summary>Takes what people asked for: each request in one fenced transaction that answers it or hands it to an act.</summary>
public sealed class RequestDesk(NpgsqlDataSource database, RequestInbox inbox, ICaseClocks deadlines, IOptions<PolicyOptions> policy, Clocks clocks)
{
    /// <summary>Most requests a run: what they lead to begins before the rest of a large bulk is taken, seconds later.</summary>
    private const int MostRequests = 250;

    /// <summary>Takes a scope's open requests whose time has come, at most 250; returns how many.</summary>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task<int> TakeAsync(Scope scope, Fence fence, CancellationToken ct)
    {
        var open = await inbox.OpenAsync(scope.Id, MostRequests, clocks.Fleet.GetUtcNow(), ct);
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
        var answer = await (request.Kind switch
        {
            RequestKinds.Release => ReleaseRequest.TakeAsync(connection, transaction, of, request, payload, now, ct),
            RequestKinds.Confirm => ConfirmRequest.TakeAsync(connection, transaction, of, request, payload, deadlines, now, ct),
            RequestKinds.Extend => ExtendRequest.TakeAsync(connection, transaction, of, request, payload, policy.Value.LongestExtension, now, ct),
            RequestKinds.Rule => RuleRequest.TakeAsync(connection, transaction, of, request, payload, deadlines, now, ct),
            RequestKinds.HandOver => HandOverRequest.TakeAsync(connection, transaction, of, request, payload, now, ct),
            // A newer worker's: it waits for one.
            _ => Task.FromResult<RequestAnswer?>(null),
        });
        if (answer is null)
        {
            return;
        }

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
