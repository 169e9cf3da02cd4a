using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Ledger;
using Watchdog.Storage;

namespace Watchdog.Policy;

/// <summary>
/// Admits proposed acts: one transaction under one advisory lock, so that any number of actuators together cannot overshoot a cap
/// (DESIGN 4.4).
/// </summary>
public sealed class Admission(NpgsqlDataSource database, IOptions<PolicyOptions> options, ILogger<Admission> log)
{
    /// <summary>Key of the advisory lock; any number, the same in every worker.</summary>
    private const long LockKey = 0x5744_4144_4D49_5401;

    /// <summary>
    /// Admits what may begin, of all scopes, the most severe first; what may not is told why, once. Does nothing in mode Observe.
    /// </summary>
    /// <returns>How many were admitted.</returns>
    /// <exception cref="FencedException">Another actuator has the caller's scope.</exception>
    public async Task<int> AdmitAsync(Fence fence, DateTimeOffset now, CancellationToken ct)
    {
        if (options.Value.Mode == PolicyMode.Observe)
        {
            return 0;
        }

        return await FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await using var guard = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction);
            guard.Parameters.Add(new() { Value = LockKey });
            await guard.ExecuteNonQueryAsync(ct);

            var waiting = await ActWriter.LockWaitingAsync(connection, transaction, ct);
            if (waiting.Count == 0)
            {
                return 0;
            }

            var facts = await AdmissionReads.FactsAsync(connection, transaction, waiting, options.Value, now, ct);
            var decided = AdmissionRules.Decide(await AdmissionReads.CandidatesAsync(connection, transaction, waiting, ct), facts, options.Value, now);
            return await ApplyAsync(connection, transaction, waiting, decided, now, ct);
        }, ct);
    }

    private async Task<int> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<WaitingAct> waiting, IReadOnlyList<Admitted> decided,
        DateTimeOffset now, CancellationToken ct)
    {
        var byId = waiting.ToDictionary(w => w.Act.Id);
        foreach (var (candidate, held) in decided)
        {
            var (act, of) = byId[candidate.ActId];
            if (held is null)
            {
                await ActWriter.MoveAsync(connection, transaction, of, act, ActStates.Admitted, Audit.Machine, "within guards and caps", now, ct);
                continue;
            }

            if (act.State == ActStates.Observed)
            {
                await ActWriter.MoveAsync(connection, transaction, of, act, ActStates.Proposed, Audit.Machine, held, now, ct);
            }
            else
            {
                await ActWriter.HoldAsync(connection, transaction, of, act, held, now, ct);
            }
        }

        var admitted = decided.Count(d => d.Held is null);
        Log.ActsAdmitted(log, admitted, decided.Count - admitted);
        return admitted;
    }
}
