using Npgsql;
using Watchdog.Inventory;
using Watchdog.Storage;

namespace Watchdog.Telemetry.Agents;

/// <summary>How a look at a scope's agents ended.</summary>
/// <param name="Seen">SSM answered.</param>
/// <param name="Changed">VMs of whose agent something else is known than before.</param>
/// <param name="Detail">Why it did not; null when it did.</param>
public sealed record AgentOutcome(bool Seen, int Changed, string? Detail);

/// <summary>
/// Keeps what SSM says of agents, for the second uptime SLI. Each five minutes it lists the agents that were lost, and asks by id for those that it
/// holds for silent and for one shard of the scope's VMs: so within five and a half hours it has asked for every VM whether SSM manages it at all.
/// Nothing is told but changes. A scope in which SSM is silent itself is told as unknown, once.
/// </summary>
public sealed class AgentSweep(IAgentListing listing, IGuestProbe probe, NpgsqlDataSource database, ILogger<AgentSweep> log)
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Cadence = TimeSpan.FromMinutes(5);

    /// <summary>Runs once, where a look is due.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="fence">Leases held; null where there is one process and no lease.</param>
    /// <param name="now">Fleet time.</param>
    /// <param name="ct">Cancels; nothing is written then.</param>
    /// <returns>Null when no look is due.</returns>
    /// <exception cref="FencedException">Another worker took the lease; nothing was written.</exception>
    public async Task<AgentOutcome?> RunAsync(Scope scope, Fence? fence, DateTimeOffset now, CancellationToken ct)
    {
        var before = await AgentStore.LookAsync(database, scope.Id, ct);
        if (before is not null && Turn(before.TriedAt) == Turn(now))
        {
            return null;
        }

        IReadOnlyList<AgentChange>? changes = null;
        string? detail = null;
        try
        {
            changes = await ChangesAsync(scope, now, ct);
        }
        catch (Exception fault) when (fault is not NpgsqlException && !ct.IsCancellationRequested)
        {
            detail = BoundedText.Line(fault.Message, 500);
            Log.AgentsFailed(log, fault is FleetSourceException ? null : fault, scope.Key, detail);
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (fence is not null)
        {
            await fence.AssertAsync(connection, transaction, ct);
        }

        var wasBlind = before?.Blind ?? false;
        var blind = changes is null && (wasBlind || before?.SeenAt is not { } seen || now - seen > AgentRules.SilentAfter);
        if (changes is { Count: > 0 })
        {
            await AgentStore.WriteAsync(connection, transaction, changes, ct);
            await AgentStore.TellAsync(connection, transaction, scope, changes, now, ct);
        }

        if (blind != wasBlind)
        {
            var told = (changes ?? []).Select(change => change.InstanceId).ToHashSet(StringComparer.Ordinal);
            var known = await AgentStore.KnownAsync(connection, transaction, scope.Id, ct);
            await AgentStore.TellAsync(connection, transaction, scope,
                [.. known.Where(vm => !told.Contains(vm.InstanceId)).Select(vm => new AgentChange(vm.InstanceId, blind ? AgentReach.Unknown : vm.Agent, now))], now, ct);
        }

        await AgentStore.LookedAsync(connection, transaction, scope.Id, new(now, changes is null ? before?.SeenAt : now, blind), ct);
        await transaction.CommitAsync(ct);
        return new(changes is not null, changes?.Count ?? 0, detail);
    }

    /// <summary>The shard whose turn it is to be asked for.</summary>
    public static short ShardAt(DateTimeOffset now) => (short)(Turn(now) % Shard.Count);

    private static long Turn(DateTimeOffset at) => at.UtcTicks / Cadence.Ticks;

    private async Task<IReadOnlyList<AgentChange>> ChangesAsync(Scope scope, DateTimeOffset now, CancellationToken ct)
    {
        var lost = await listing.LostAsync(scope, ct);
        var vms = await AgentStore.CandidatesAsync(database, scope.Id, [.. lost.Keys], ShardAt(now), ct);
        var asked = await probe.AgentsAsync(scope, [.. vms.Where(vm => !lost.ContainsKey(vm.InstanceId)).Select(vm => vm.InstanceId)], ct);
        return
        [
            .. vms.Select(vm => (lost.GetValueOrDefault(vm.InstanceId) ?? asked.GetValueOrDefault(vm.InstanceId)) is { } status
                ? AgentRules.Decide(vm, status, now) : null).OfType<AgentChange>(),
        ];
    }
}
