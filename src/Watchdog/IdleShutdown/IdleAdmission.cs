using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Detectors.Verdicts;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;

namespace Watchdog.IdleShutdown;

/// <summary>
/// Admits idle stops: one transaction under the lock of all admissions, after those of abuse in each run, and counted by caps of their own over the
/// whole cluster: what saves money takes nothing from what protects people. A stop that may begin is warned of first; it begins once its warning's
/// time has come, if it still may.
/// </summary>
public sealed class IdleAdmission(
    NpgsqlDataSource database, WarningDesk desk, IdlePolicies policies, IOptions<IdleShutdownOptions> options, IOptions<PolicyOptions> policy, DetectorOptions detectors,
    ILogger<IdleAdmission> log)
{
    private const int ARun = 1_000;

    /// <summary>
    /// Warns of what may begin and admits what was warned of, of all scopes, the oldest first; what may not is told why, once. In mode Observe it only ends
    /// warnings.
    /// </summary>
    /// <returns>How many were admitted.</returns>
    /// <exception cref="FencedException">Another actuator has the caller's scope.</exception>
    public async Task<int> AdmitAsync(Fence fence, DateTimeOffset now, CancellationToken ct) =>
        !await WaitsAsync(ct) ? 0
        : await FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await Admission.LockAsync(connection, transaction, ct);
            await WarningRound.RunAsync(connection, transaction, options.Value.Mode, now, ct);
            var waiting = options.Value.Mode == PolicyMode.Observe ? [] : await IdleAdmissionReads.WaitingAsync(connection, transaction, ARun, now, ct);
            if (waiting.Count == 0)
            {
                return 0;
            }

            var facts = await IdleAdmissionReads.FactsAsync(connection, transaction, policy.Value.ShardCadence, now, ct);
            var warned = await WarnAsync(connection, transaction, [.. waiting.Where(stop => !stop.Warned)], facts, now, ct);
            var ready = waiting.Where(stop => stop.Warned).ToList();
            var decided = Decide(ready, facts, facts.Admitted, now);
            foreach (var (stop, held) in ready.Zip(decided))
            {
                await (held is null
                    ? CaselessActs.MoveAsync(connection, transaction, stop.Act, ActStates.Admitted, Audit.Machine, "warned of, and within guards and caps", now, ct)
                    : CaselessActs.HoldAsync(connection, transaction, stop.Act, held, now, ct));
            }

            var admitted = decided.Count(held => held is null);
            Log.Admitted(log, admitted, warned, waiting.Count - admitted - warned);
            return admitted;
        }, ct);

    private async Task<bool> WaitsAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select $1 and exists (select 1 from act where purpose = 'idle' and kind = 'stop' and state in ('observed', 'proposed')
              and ($2 or approved_by is not null or state = 'observed')) or {WarningRound.Any}
            """);
        command.Parameters.Add(new() { Value = options.Value.Mode != PolicyMode.Observe });
        command.Parameters.Add(new() { Value = options.Value.Mode == PolicyMode.Enforce });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    // Nobody is warned of a stop that would not come: guards and caps are asked first, and what needs no look inside keeps a VM from a warning too.
    private async Task<int> WarnAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<WaitingStop> fresh, IdleAdmissionFacts facts, DateTimeOffset now, CancellationToken ct)
    {
        var records = await IdleRecords.ReadAsync(connection, transaction, [.. fresh.Select(stop => stop.Act.InstanceId)], now, ct);
        var given = 0;
        foreach (var (stop, held) in fresh.Zip(Decide(fresh, facts, facts.Warned, now)))
        {
            var record = records.GetValueOrDefault(stop.Act.InstanceId);
            var of = record is null ? policies.Ground : policies.Of(record);
            var why = held ?? (record is null ? "inventory does not list it" : Kept(record, of, now));
            if (why is not null)
            {
                await CaselessActs.HoldAsync(connection, transaction, stop.Act, why, now, ct);
            }
            else
            {
                given += await desk.WarnAsync(connection, transaction, stop.Act, record!, stop.Act.OccurrenceAt is null ? MessageCodes.Idle : MessageCodes.Schedule, of, now, ct) ? 1 : 0;
            }
        }

        return given;
    }

    private string? Kept(IdleRecord record, IdlePolicy of, DateTimeOffset now) =>
        RecordKeepers.Of(record, now, of, detectors.Idle).Select(keeper => keeper.Sentence).FirstOrDefault()
        ?? (of.Quiet?.EndOf(now + of.WarningLead) is null ? null : $"its stop would fall into the quiet hours ({of.Quiet.Words})");

    private IReadOnlyList<string?> Decide(IReadOnlyList<WaitingStop> stops, IdleAdmissionFacts facts, RecentStops recent, DateTimeOffset now) =>
        IdleAdmissionRules.Decide(
            [.. stops.Select(stop => new IdleCandidate(stop.Act.Id, stop.Owner, stop.Act.Scope, stop.Act.ApprovedBy is not null))], facts, recent, options.Value,
            policy.Value.MinimumHistory, now);
}
