using Npgsql;

namespace Watchdog.Slo.Reading;

/// <summary>
/// Settings for sums over many rows, for one transaction: Postgres' own 4 MB would spill them to the disk, and compiling an expression (JIT)
/// takes longer than what it saves here (measured: 115 ms of 400).
/// </summary>
internal static class RoomToSum
{
    /// <summary>Gives it.</summary>
    public static async Task GiveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("set local work_mem = '64MB'; set local jit = off", connection, transaction);
        await command.ExecuteNonQueryAsync(ct);
    }
}
