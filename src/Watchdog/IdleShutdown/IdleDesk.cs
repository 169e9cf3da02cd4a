using Npgsql;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.IdleShutdown;

/// <summary>What people ask about idle stops, and ask for: an act is recorded, and the scope's actuator carries it out.</summary>
public sealed class IdleDesk(NpgsqlDataSource database, IdleMetricsReader metrics, GuestLook look, IdlePolicies policies, DetectorOptions detectors, Clocks clocks)
{
    private static readonly string[] Waiting = [ActStates.Observed, ActStates.Proposed];

    /// <summary>What keeps a VM now, by its metrics as they are and the last look inside that was read; null: inventory does not know it.</summary>
    public async Task<IdleVerdict?> ExplainAsync(Scope scope, string instanceId, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(ct);
        if ((await IdleRecords.ReadAsync(connection, null, [instanceId], now, ct)).GetValueOrDefault(instanceId) is not { } record)
        {
            return null;
        }

        var policy = policies.Of(record);
        var watched = await IdleWatch.FindAsync(connection, null, instanceId, ct);
        var read = await metrics.ReadAsync(scope, [instanceId], policy.LongestRest, now, ct);
        var guest = watched?.Heard is { } heard ? await look.HearAsync(scope, instanceId, heard, null, now, now, ct) : null;
        return IdleRules.Judge(new IdleFacts(now, record, read.GetValueOrDefault(instanceId), guest), policy, detectors.Idle);
    }

    /// <summary>The watched VMs that would be stopped before an instant, by what was found last; the soonest first.</summary>
    public async Task<IReadOnlyList<Watched>> PlanAsync(DateTimeOffset until, CancellationToken ct) =>
        [.. (await IdleWatch.AllAsync(database, ct)).Where(vm => vm.Verdict?.StopsAt <= until).OrderBy(vm => vm.Verdict!.StopsAt).ThenBy(vm => vm.InstanceId, StringComparer.Ordinal)];

    /// <summary>The warnings that have not ended, by VM: each has one at most.</summary>
    public async Task<IReadOnlyDictionary<string, IdleWarning>> WarningsAsync(CancellationToken ct) =>
        (await WarningTable.OpenAsync(database, ct)).ToDictionary(warning => warning.InstanceId, StringComparer.Ordinal);

    /// <summary>Approves the VM's stop that waits; false when none does.</summary>
    public Task<bool> ApproveAsync(string instanceId, string actor, string reason, CancellationToken ct) => WriteAsync(async (connection, transaction, now) =>
    {
        var acts = await CaselessActs.LockStopsAsync(connection, transaction, [instanceId], Waiting, ct);
        foreach (var act in acts)
        {
            await CaselessActs.ApproveAsync(connection, transaction, act, actor, reason, now, ct);
        }

        return acts.Count > 0;
    }, ct);

    /// <summary>Asks for the VM's idle stop to be undone; false when none is in force, or that is under way.</summary>
    public Task<bool> StartAsync(string instanceId, string actor, string reason, CancellationToken ct) => WriteAsync(async (connection, transaction, now) =>
        await CaselessActs.LockStopsAsync(connection, transaction, [instanceId], [ActStates.Executing, ActStates.Verified], ct) is [.., var stop]
        && await CaselessActs.AddAsync(
            connection, transaction, new NewCaselessAct(instanceId, stop.Scope, ActKinds.Release, ActStates.Admitted, reason, actor, ProgramVersion.Current, null), now, ct) is not null, ct);

    private async Task<bool> WriteAsync(Func<NpgsqlConnection, NpgsqlTransaction, DateTimeOffset, Task<bool>> write, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var done = await write(connection, transaction, clocks.Fleet.GetUtcNow());
        await transaction.CommitAsync(ct);
        return done;
    }
}
