using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy.Guards;
using Watchdog.Policy.Trust;
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
    /// Admits what may begin, of all scopes, the most severe first; what may not is told why, once. Turns the brake on where
    /// the whole of it looks wrong. Does nothing in mode Observe.
    /// </summary>
    /// <returns>How many were admitted.</returns>
    /// <exception cref="FencedException">Another actuator has the caller's scope.</exception>
    public async Task<int> AdmitAsync(Fence fence, DateTimeOffset now, CancellationToken ct)
    {
        if (options.Value.Mode == PolicyMode.Observe)
        {
            return 0;
        }

        var (admitted, exempt) = await FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await LockAsync(connection, transaction, ct);
            var guards = await GuardsAsync(connection, transaction, now, ct);
            var waiting = await ActWriter.LockWaitingAsync(connection, transaction, ct);
            if (waiting.Count == 0)
            {
                return (0, []);
            }

            var facts = await AdmissionReads.FactsAsync(connection, transaction, waiting, guards, now, ct);
            var decided = AdmissionRules.Decide(await AdmissionReads.CandidatesAsync(connection, transaction, waiting, ct), facts, options.Value, now);
            return (await ApplyAsync(connection, transaction, waiting, decided, now, ct),
                facts.Exemptions.Select(match => (match.Value.Id, match.Key)).ToList());
        }, ct);
        if (exempt.Count > 0)
        {
            // By itself: sweeps write the same rows while they hold locks that admission may wait for.
            await FencedWrite.RunAsync(database, fence, (connection, transaction) => Exemptions.MatchAsync(connection, transaction, exempt, now, ct), ct);
        }

        return admitted;
    }

    /// <summary>Lets no other transaction of the cluster admit acts of any purpose until this one ends.</summary>
    internal static async Task LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var guard = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction);
        guard.Parameters.Add(new() { Value = LockKey });
        await guard.ExecuteNonQueryAsync(ct);
    }

    // Before anything is admitted: who lost the right to act, and whether the whole of it looks wrong.
    private async Task<AdmissionGuards> GuardsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        var policy = options.Value;
        var (demoted, newly) = await Demotions.ReviewAsync(connection, transaction, policy.Precision, now, log, ct);
        var shards = await ShardReports.ReadAsync(connection, transaction, policy.ShardCadence, now, ct);
        var brake = await Brake.ReadAsync(connection, transaction, ct);
        if (!brake.IsOn)
        {
            var facts = await BrakeReads.FactsAsync(connection, transaction, brake, shards, newly, now, ct);
            if (BrakeRules.Decide(facts, policy.Brake, now) is { } trip)
            {
                await Brake.SetAsync(connection, transaction, true, trip.Reason, Audit.Machine, trip.Cause, now, ct);
                Log.BrakeTripped(log, trip.Cause, trip.Reason);
                brake = new Brake(true, trip.Reason);
            }
        }

        return new(brake, shards, demoted);
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
