using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Owners.Holds;

/// <summary>A hold that is in force.</summary>
/// <param name="New">False: it was there before, and nothing was changed.</param>
public sealed record PlacedHold(long Id, DateTimeOffset Until, bool New);

/// <summary>A warning that a link speaks of.</summary>
/// <param name="Kept">The hold that the link placed; null: it was not used.</param>
public sealed record LinkedWarning(DateTimeOffset Deadline, string? Ended, DateTimeOffset? Kept);

/// <summary>Places holds that are asked for from outside. A repetition finds the hold that is there.</summary>
public sealed class HoldDesk(NpgsqlDataSource database, Clocks clocks)
{
    /// <summary>Places a hold; null: there is no such VM.</summary>
    /// <param name="author">Who asks.</param>
    public Task<PlacedHold?> PlaceAsync(string instanceId, HoldWish wish, string author, CancellationToken ct) => WriteAsync(async (connection, transaction) =>
    {
        if (!await IsThereAsync(connection, transaction, instanceId, ct))
        {
            return null;
        }

        var now = clocks.Fleet.GetUtcNow();
        await VmLock.TakeAsync(connection, transaction, instanceId, ct);
        return await HoldBook.SameAsync(connection, transaction, instanceId, wish.Reason, now, wish.Until, ct) is { } id ? new PlacedHold(id, wish.Until, New: false)
            : new PlacedHold(await HoldBook.AddAsync(connection, transaction, instanceId, wish.Reason, author, now, wish.Until, ct), wish.Until, New: true);
    }, ct);

    /// <summary>Places the hold of a link, once: used again, it answers with the hold that it placed. Null: there is no such warning any more, or no such VM.</summary>
    public Task<PlacedHold?> PlaceAsync(HoldClaim claim, HoldWish wish, CancellationToken ct) => WriteAsync(async (connection, transaction) =>
    {
        await using var used = Statement.On(connection, transaction,
            "select h.id, h.until_at from idle_warning w left join hold h on h.id = w.hold_id where w.id = $1 and w.instance_id = $2 for update of w", claim.Warning, claim.InstanceId);
        var found = await Rows.AllAsync(used, r => r.IsDBNull(0) ? null : new PlacedHold(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), New: false), ct);
        if (found is not [var before] || !await IsThereAsync(connection, transaction, claim.InstanceId, ct))
        {
            return null;
        }

        if (before is not null)
        {
            return before;
        }

        await VmLock.TakeAsync(connection, transaction, claim.InstanceId, ct);
        var id = await HoldBook.AddAsync(
            connection, transaction, claim.InstanceId, wish.Reason, FormattableString.Invariant($"its owner, by the link of warning {claim.Warning}"), clocks.Fleet.GetUtcNow(), wish.Until, ct);
        await using var mark = Statement.On(connection, transaction, "update idle_warning set hold_id = $2 where id = $1", claim.Warning, id);
        await mark.ExecuteNonQueryAsync(ct);
        return new PlacedHold(id, wish.Until, New: true);
    }, ct);

    /// <summary>The warning that a link speaks of; null: there is none such any more.</summary>
    public async Task<LinkedWarning?> FindAsync(HoldClaim claim, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            "select w.deadline, w.ended, h.until_at from idle_warning w left join hold h on h.id = w.hold_id where w.id = $1 and w.instance_id = $2", claim.Warning, claim.InstanceId);
        return (await Rows.AllAsync(command, r => new LinkedWarning(
            r.GetFieldValue<DateTimeOffset>(0), r.IsDBNull(1) ? null : r.GetString(1), r.IsDBNull(2) ? null : r.GetFieldValue<DateTimeOffset>(2)), ct)).SingleOrDefault();
    }

    private async Task<T> WriteAsync<T>(Func<NpgsqlConnection, NpgsqlTransaction, Task<T>> write, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var done = await write(connection, transaction);
        await transaction.CommitAsync(ct);
        return done;
    }

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string instanceId, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "select exists (select 1 from vm where instance_id = $1 and gone_at is null)", instanceId);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
