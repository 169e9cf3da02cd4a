using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Policy.Bulks;

/// <summary>
/// Where people ask the same of many cases, in two steps: the exact set is frozen and shown, then started. All requests are written in one
/// transaction, so that a crash leaves either none or all of them; the actuators take them by and by, each case at the version that was shown.
/// </summary>
public sealed class BulkDesk(NpgsqlDataSource database, IOptions<PolicyOptions> options)
{
    // Shorter than a deadlock takes to be noticed: a start gives way to whoever holds a case, and tries again.
    private const string GiveWay = "set local lock_timeout = '250ms'";
    private const int MostTries = 20;

    /// <summary>Freezes what matches, each case at its version now; nothing is asked for yet. Folding and the filter's limit do not narrow.</summary>
    public async Task<Asked> FreezeAsync(string kind, RequestPayload payload, CaseFilter filter, string actor, DateTimeOffset now, CancellationToken ct)
    {
        if (RequestRules.Fault(kind, payload) is { } fault)
        {
            return new(AskedAs.Wrong, null, fault);
        }

        var who = CleanText.Of(actor, RequestRules.LongestName);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var id = await BulkTable.AddAsync(connection, transaction, kind, who, payload, now, ct);
        var cases = await BulkTable.FillAsync(connection, transaction, id, filter, ct);
        if (BulkRules.FreezeFault(cases) is { } none)
        {
            return new(AskedAs.Wrong, null, none);
        }

        await Audit.AppendAsync(connection, transaction, now, who, "bulk.frozen", $"bulk:{id}", new { kind, cases, payload, filter }, ct);
        await transaction.CommitAsync(ct);
        return new(AskedAs.Recorded, id, string.Create(CultureInfo.InvariantCulture, $"Bulk {id}: {kind} of {cases} case{(cases == 1 ? "" : "s")}, each at its version of now. Nothing is asked for before it is started."));
    }

    /// <summary>Starts a frozen bulk: every request of it is written, and taken when the undo window is over.</summary>
    /// <param name="typed">The count that the person typed; needed above <see cref="BulkRules.TypedAbove"/>.</param>
    public async Task<Asked> StartAsync(long id, string actor, int? typed, DateTimeOffset now, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await StartOnceAsync(id, CleanText.Of(actor, RequestRules.LongestName), typed, now, ct);
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                if (tries == MostTries)
                {
                    return new(AskedAs.Conflict, id, $"Cases of bulk {id} are being changed right now: nothing was asked for. Start it again.");
                }
            }
        }
    }

    /// <summary>Takes back every request of a bulk that nobody has taken; whoever may start one may undo any.</summary>
    public async Task<Asked> UndoAsync(long id, string actor, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await BulkTable.FindAsync(connection, transaction, id, ct) is not { } bulk)
        {
            return Unknown(id);
        }

        if (BulkRules.UndoFault(bulk) is { } fault)
        {
            return new(AskedAs.Wrong, id, fault);
        }

        if (bulk.UndoneAt is not null)
        {
            return new(AskedAs.Again, id, $"{bulk.UndoneBy} has undone bulk {id} already.");
        }

        var who = CleanText.Of(actor, RequestRules.LongestName);
        var withdrawn = await BulkTable.WithdrawAsync(connection, transaction, id, who, now, ct);
        if (withdrawn == 0)
        {
            return new(AskedAs.Conflict, id, $"It is too late to undo bulk {id}: every request of it has been taken. Look at each case's outcome.");
        }

        await Audit.AppendAsync(connection, transaction, now, who, "bulk.undone", $"bulk:{id}", new { withdrawn, bulk.Cases }, ct);
        await transaction.CommitAsync(ct);
        var taken = bulk.Cases - withdrawn;
        return new(AskedAs.Recorded, id, string.Create(CultureInfo.InvariantCulture,
            $"Bulk {id}: {withdrawn} of {bulk.Cases} requests are taken back{(taken > 0 ? $"; {taken} had been taken before" : "")}."));
    }

    /// <summary>A bulk with its counts; null when there is none.</summary>
    public async Task<Bulk?> FindAsync(long id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await BulkTable.FindAsync(connection, null, id, ct);
    }

    /// <summary>The latest bulks, newest first, without their counts.</summary>
    public async Task<IReadOnlyList<Bulk>> ListAsync(int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await BulkTable.ListAsync(connection, Math.Clamp(limit, 1, 1_000), ct);
    }

    /// <summary>A bulk's items with their results, by case, from one case on; at most 10,000.</summary>
    /// <param name="after">The last case of the page before; 0: from the first.</param>
    public async Task<IReadOnlyList<BulkItem>> ItemsAsync(long id, long after, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await BulkTable.ItemsAsync(connection, id, after, Math.Clamp(limit, 1, BulkRules.MostCases), ct);
    }

    private async Task<Asked> StartOnceAsync(long id, string who, int? typed, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var giveWay = new NpgsqlCommand(GiveWay, connection, transaction))
        {
            await giveWay.ExecuteNonQueryAsync(ct);
        }

        if (await BulkTable.FindAsync(connection, transaction, id, ct) is not { } bulk)
        {
            return Unknown(id);
        }

        if (BulkRules.StartFault(bulk, who, typed) is { } fault)
        {
            return new(bulk.Actor == who ? AskedAs.Wrong : AskedAs.Conflict, id, fault);
        }

        if (bulk.StartedAt is not null)
        {
            return new(AskedAs.Again, id, $"Bulk {id} was started before.");
        }

        var (cases, versions) = await BulkTable.SetAsync(connection, transaction, id, ct);
        var notBefore = now + options.Value.UndoWindow;
        await BulkTable.StartAsync(connection, transaction, id, now, notBefore, ct);
        await Audit.AppendAsync(connection, transaction, now, who, "bulk.started", $"bulk:{id}", new { bulk.Kind, cases, versions, not_before = notBefore }, ct);
        await transaction.CommitAsync(ct);
        return new(AskedAs.Recorded, id, string.Create(CultureInfo.InvariantCulture,
            $"Bulk {id} is started: {bulk.Cases} request{(bulk.Cases == 1 ? "" : "s")}, taken from {notBefore.UtcDateTime:HH:mm:ss'Z'} on; until then all can be taken back."));
    }

    private static Asked Unknown(long id) => new(AskedAs.Unknown, null, $"There is no bulk {id}.");
}
