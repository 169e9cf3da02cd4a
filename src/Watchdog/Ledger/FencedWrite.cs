using Npgsql;
using Watchdog.Storage;

namespace Watchdog.Ledger;

/// <summary>A write transaction that first asserts the run's leases: a zombie's writes never happen (DESIGN 4.4).</summary>
public static class FencedWrite
{
    /// <summary>Runs the work in one transaction and commits it.</summary>
    /// <exception cref="FencedException">Another holder took one of the leases; nothing was written.</exception>
    public static async Task<T> RunAsync<T>(
        NpgsqlDataSource database, Fence fence, Func<NpgsqlConnection, NpgsqlTransaction, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await fence.AssertAsync(connection, transaction, ct);
        var result = await work(connection, transaction);
        await transaction.CommitAsync(ct);
        return result;
    }

    /// <summary>Runs the work in one transaction and commits it.</summary>
    /// <exception cref="FencedException">Another holder took one of the leases; nothing was written.</exception>
    public static Task RunAsync(
        NpgsqlDataSource database, Fence fence, Func<NpgsqlConnection, NpgsqlTransaction, Task> work, CancellationToken ct) =>
        RunAsync(database, fence, async (connection, transaction) =>
        {
            await work(connection, transaction);
            return true;
        }, ct);
}
