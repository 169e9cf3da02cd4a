using Npgsql;
using Watchdog.Detectors.Verdicts;
using Watchdog.IdleShutdown.Schedules;
using Watchdog.Inventory;
using Watchdog.Policy;

namespace Watchdog.IdleShutdown;

/// <summary>Whether an idle stop still has its ground, asked right before its call, under the VM's lock.</summary>
public sealed class IdleGround(
    NpgsqlDataSource database, IdleMetricsReader metrics, IdlePolicies policies, DetectorOptions detectors)
{
    /// <summary>The command of the VM's last look that was read; null where there is none.</summary>
    public async Task<string?> EarlierLookAsync(string instanceId, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return (await IdleWatch.FindAsync(connection, null, instanceId, ct))?.Heard;
    }

    /// <summary>Whether a VM, as EC2 lists it now, is to be stopped or hibernated; stopped where inventory does not list it.</summary>
    public async Task<OnStop> OnStopAsync(ListedVm now, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return (await IdleRecords.ReadAsync(connection, null, [now.InstanceId], at, ct)).GetValueOrDefault(now.InstanceId) is { } known
            ? policies.Of(known with { Tags = now.Tags }).OnStop : OnStop.Stop;
    }

    /// <summary>Takes the VM's lock, which is held until the result is disposed of: no hold is placed meanwhile, and nobody else judges it.</summary>
    public async Task<HeldVm> LockAsync(string instanceId, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(ct);
            await VmLock.TakeAsync(connection, transaction, instanceId, ct);
            return new HeldVm(connection, transaction, metrics, policies, detectors);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}

/// <summary>A VM under its lock.</summary>
public sealed class HeldVm(
    NpgsqlConnection connection, NpgsqlTransaction transaction, IdleMetricsReader metrics, IdlePolicies policies, DetectorOptions detectors) : IAsyncDisposable
{
    /// <summary>Reads all again and judges.</summary>
    /// <param name="now">The VM as EC2 lists it now: its state, start and tags go before inventory's.</param>
    /// <param name="guest">The look inside.</param>
    /// <param name="occurrence">The time of its schedule that is to be seen to; null: it is stopped for idleness alone.</param>
    /// <returns>The verdict, and how the VM's policy has it switched off.</returns>
    public async Task<(IdleVerdict Verdict, OnStop OnStop)> JudgeAsync(Scope scope, ListedVm now, IdleGuest guest, DateTimeOffset? occurrence, DateTimeOffset at, CancellationToken ct)
    {
        if ((await IdleRecords.ReadAsync(connection, transaction, [now.InstanceId], at, ct)).GetValueOrDefault(now.InstanceId) is not { } known)
        {
            return (new IdleVerdict(at, [new Keeper("unlisted", "Inventory does not list it.")]), OnStop.Stop);
        }

        var record = known with { State = now.State, LaunchTime = now.LaunchTime, Lifecycle = now.Lifecycle, Tags = now.Tags };
        var policy = policies.Of(record);
        var read = await metrics.ReadAsync(scope, [now.InstanceId], policy.LongestRest, at, ct);
        var facts = new IdleFacts(at, record, read.GetValueOrDefault(now.InstanceId), guest);
        return (occurrence is { } of ? ScheduledStops.Judge(facts, policy, detectors.Idle, of) : IdleRules.Judge(facts, policy, detectors.Idle), policy.OnStop);
    }

    /// <summary>Gives the lock back.</summary>
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
