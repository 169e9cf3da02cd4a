using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Ledger;
using Watchdog.Storage;

namespace Watchdog.Inventory;

/// <summary>How a scope's listing ended.</summary>
/// <param name="Seen">The listing was complete and believed.</param>
/// <param name="Vms">VMs listed; what a failed listing had shown so far is not counted.</param>
/// <param name="Changed">Rows of <c>vm</c> written.</param>
/// <param name="Transitions">State changes recorded.</param>
/// <param name="Detail">Why it was not seen; null when it was.</param>
public sealed record InventoryOutcome(bool Seen, int Vms, int Changed, int Transitions, string? Detail);

/// <summary>
/// Lists a scope and writes what changed: VMs, their public addresses, state transitions, coverage and events in one transaction under the lease. A listing that
/// fails changes nothing but the coverage, and one that suddenly lacks half of the fleet is believed only when the next one agrees.
/// </summary>
public sealed class InventorySweep(IFleetSource source, NpgsqlDataSource database, IOptions<InventoryOptions> options, ILogger<InventorySweep> log)
{
    /// <summary>How long a VM's row outlives it (DESIGN 4.11).</summary>
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(90);

    private const string ShrunkDetail = "shrunk";
    private readonly KnownFleets _fleets = new();
    private readonly TimeSpan _gap = TimeSpan.FromSeconds(options.Value.CoverageGapSeconds);

    /// <summary>Runs once. Two runs of one scope must not overlap; the fence keeps those of two workers apart.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="fence">Leases held, <see cref="Leases.InventoryOf"/> among them; null where there is one process and no lease.</param>
    /// <param name="now">Fleet time of the listing.</param>
    /// <param name="ct">Cancels; nothing is written then.</param>
    /// <exception cref="FencedException">Another worker took the lease; nothing was written.</exception>
    public async Task<InventoryOutcome> RunAsync(Scope scope, Fence? fence, DateTimeOffset now, CancellationToken ct)
    {
        var known = _fleets.Take(scope.Id, fence) ?? await VmStore.KnownAsync(database, scope.Id, ct);
        var diff = new FleetDiff(known, options.Value, now);
        try
        {
            await foreach (var page in source.ListAsync(scope, ct).WithCancellation(ct))
            {
                diff.Add(page);
            }
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            return await FailedAsync(scope, fence, now, fault, ct);
        }

        var returned = await VmStore.GoneAsync(database, diff.Strangers, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (fence is not null)
        {
            await fence.AssertAsync(connection, transaction, ct);
        }

        var last = await Coverage.LastAsync(connection, transaction, scope.Id, CoverageKind.Inventory, ct);
        var changes = diff.Finish(returned, shrunkBefore: last is { Seen: false, Detail: { } detail } && detail.StartsWith(ShrunkDetail, StringComparison.Ordinal));
        await WriteAsync(connection, transaction, scope, changes, now, ct);
        if (last is { Seen: false } && !changes.Doubted)
        {
            // Whole again, or truly smaller: either way it is believed.
            await EventLog.AppendAsync(connection, transaction, now, "inventory.whole", scope.Key,
                JsonSerializer.Serialize(new(changes.Listed, changes.Known), InventoryJson.Default.ListedEvent), ct);
        }

        await transaction.CommitAsync(ct);
        _fleets.Keep(scope.Id, fence, known, changes, now);
        return Told(scope, changes);
    }

    private async Task WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Scope scope, FleetChanges changes, DateTimeOffset now, CancellationToken ct)
    {
        await VmStore.UpsertAsync(connection, transaction, scope.Id, changes.Upserts, now, ct);
        await VmStore.AppendMembershipsAsync(connection, transaction, scope.Id, changes.Upserts, now, ct);
        await VmStore.AppendTransitionsAsync(connection, transaction, scope.Id, changes.Transitions, now, ct);
        await VmStore.MarkAbsentAsync(connection, transaction, changes.Missing, changes.Gone, now, ct);
        await VmStore.ForgetAsync(connection, transaction, scope.Id, now - KeptAfterEnd, ct);
        await AddressStore.WriteAsync(connection, transaction, scope.Id, changes, now, ct);
        await AddressStore.ForgetAsync(connection, transaction, scope.Id, now - AddressRepository.Kept, ct);
        // A first sight is no change: the transition row alone tells of it, so that a first run does not flood the log's readers.
        var told = changes.Transitions.Where(t => t.From is not null).ToArray();
        await EventLog.AppendManyAsync(connection, transaction, now, "vm.transition", [.. told.Select(t => t.InstanceId)],
            [.. told.Select(t => JsonSerializer.Serialize(new(scope.Key, t.From, t.To, t.At, t.Reason), InventoryJson.Default.TransitionEvent))], ct);
        if (changes.Doubted)
        {
            await EventLog.AppendAsync(connection, transaction, now, "inventory.shrunk", scope.Key,
                JsonSerializer.Serialize(new(changes.Listed, changes.Known), InventoryJson.Default.ListedEvent), ct);
        }

        await Coverage.RecordAsync(connection, transaction, scope.Id, CoverageKind.Inventory, SightingOf(changes), now, _gap, ct);
    }

    private async Task<InventoryOutcome> FailedAsync(Scope scope, Fence? fence, DateTimeOffset now, Exception fault, CancellationToken ct)
    {
        Log.ListingFailed(log, fault is FleetSourceException ? null : fault, scope.Key, BoundedText.Line(fault.Message, 500));
        var detail = BoundedText.Line($"listing failed: {fault.Message}", 500);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (fence is not null)
        {
            await fence.AssertAsync(connection, transaction, ct);
        }

        await Coverage.RecordAsync(connection, transaction, scope.Id, CoverageKind.Inventory, new(false, null, detail), now, _gap, ct);
        await transaction.CommitAsync(ct);
        return new(false, 0, 0, 0, detail);
    }

    private InventoryOutcome Told(Scope scope, FleetChanges changes)
    {
        if (changes.Doubted)
        {
            Log.ListingDoubted(log, scope.Key, changes.Listed, changes.Known);
        }
        else if (changes.Upserts.Count + changes.Missing.Count + changes.Gone.Count > 0)
        {
            Log.FleetChanged(log, scope.Key, changes.Listed, changes.Upserts.Count, changes.Transitions.Count, changes.Missing.Count, changes.Gone.Count);
        }

        var sighting = SightingOf(changes);
        return new(sighting.Seen, changes.Listed, changes.Upserts.Count + changes.Missing.Count + changes.Gone.Count, changes.Transitions.Count, sighting.Detail);
    }

    private static Sighting SightingOf(FleetChanges changes) => changes.Doubted
        ? new(false, changes.Listed, $"{ShrunkDetail}: {changes.Listed} listed, {changes.Known} known")
        : new(true, changes.Listed, null);
}
