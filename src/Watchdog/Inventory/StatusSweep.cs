using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Detectors.Facts;
using Watchdog.Ledger;
using Watchdog.Storage;

namespace Watchdog.Inventory;

/// <summary>How a scope's status listing ended.</summary>
/// <param name="Seen">All checks were answered.</param>
/// <param name="Impaired">VMs of the scope with a check that does not pass or cannot be told.</param>
/// <param name="Changed">Rows of <c>impairment</c> written or deleted.</param>
/// <param name="Detail">Why it was not seen; null when it was.</param>
public sealed record StatusOutcome(bool Seen, int Impaired, int Changed, string? Detail);

/// <summary>
/// Reads a scope's status checks and keeps table <c>impairment</c>: one row a VM whose checks do not all pass, written on change only
/// (<c>observed_at</c> is its last change; how fresh it is stands in <c>scope_coverage</c>). VMs that inventory does not know are nobody's
/// business: EC2 cannot filter checks by tag.
/// </summary>
public sealed class StatusSweep(IFleetSource source, NpgsqlDataSource database, IOptions<InventoryOptions> options, ILogger<StatusSweep> log)
{
    private readonly TimeSpan _gap = TimeSpan.FromSeconds(options.Value.CoverageGapSeconds);

    /// <summary>Runs once.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="fence">Leases held; null where there is one process and no lease.</param>
    /// <param name="now">Fleet time of the listing.</param>
    /// <param name="ct">Cancels; nothing is written then.</param>
    /// <exception cref="FencedException">Another worker took the lease; nothing was written.</exception>
    public async Task<StatusOutcome> RunAsync(Scope scope, Fence? fence, DateTimeOffset now, CancellationToken ct)
    {
        IReadOnlyList<ListedStatus>? listed = null;
        string? detail = null;
        try
        {
            listed = await source.ListStatusAsync(scope, ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            Log.StatusFailed(log, fault is FleetSourceException ? null : fault, scope.Key, BoundedText.Line(fault.Message, 500));
            detail = BoundedText.Line($"status failed: {fault.Message}", 500);
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (fence is not null)
        {
            await fence.AssertAsync(connection, transaction, ct);
        }

        var outcome = new StatusOutcome(false, 0, 0, detail);
        if (listed is not null)
        {
            outcome = await WriteAsync(connection, transaction, scope, listed, now, ct);
        }

        await Coverage.RecordAsync(
            connection, transaction, scope.Id, CoverageKind.Status, new(outcome.Seen, listed is null ? null : outcome.Impaired, detail), now, _gap, ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    private static async Task<StatusOutcome> WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Scope scope, IReadOnlyList<ListedStatus> listed, DateTimeOffset now, CancellationToken ct)
    {
        var stored = await ImpairmentStore.LoadAsync(connection, transaction, scope.Id, ct);
        var mine = await ImpairmentStore.ManagedAsync(connection, transaction, scope.Id, [.. listed.Select(s => s.InstanceId)], ct);
        Dictionary<string, ListedStatus> current = new(StringComparer.Ordinal);
        foreach (var status in listed.Where(s => mine.Contains(s.InstanceId)))
        {
            current[status.InstanceId] = status;
        }

        var changed = current.Values.Where(s => !stored.TryGetValue(s.InstanceId, out var before) || !ImpairmentStore.Same(before, s)).ToArray();
        var healed = stored.Keys.Where(id => !current.ContainsKey(id)).ToArray();
        await ImpairmentStore.UpsertAsync(connection, transaction, scope.Id, changed, now, ct);
        await ImpairmentStore.DeleteAsync(connection, transaction, healed, ct);
        await EventLog.AppendManyAsync(connection, transaction, now, "vm.status", [.. changed.Select(s => s.InstanceId), .. healed],
            [.. changed.Select(s => Json(scope, s.Status, s.Events)), .. healed.Select(_ => Json(scope, null, []))], ct);
        return new(true, current.Count, changed.Length + healed.Length, null);
    }

    private static string Json(Scope scope, StatusFacts? status, IReadOnlyList<ScheduledEvent> events) => JsonSerializer.Serialize(
        new(scope.Key, Name(status?.Instance), Name(status?.System), Name(status?.Ebs), status?.ImpairedSince, events), InventoryJson.Default.StatusEvent);

    private static string? Name(CheckState? state) => state is { } known ? ImpairmentStore.NameOf(known) : null;
}
