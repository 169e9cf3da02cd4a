using Npgsql;

namespace Watchdog.Policy;

/// <summary>One VM's advisory lock: an idle stop is judged and called under it, and a hold is placed under it, so that neither overlooks the other.</summary>
internal static class VmLock
{
    /// <summary>Waits for the lock and keeps it until the transaction ends.</summary>
    public static async Task TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string instanceId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('vm:' || $1, 0))", connection, transaction);
        command.Parameters.Add(new() { Value = instanceId });
        await command.ExecuteNonQueryAsync(ct);
    }
}
