using Npgsql;

namespace Watchdog.Slo.Reading;

/// <summary>Memory for sums over every VM, for one transaction: Postgres' own 4 MB would spill them to the disk.</summary>
internal static class RoomToSum
{
    /// <summary>Gives it.</summary>
    public static async Task GiveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("set local work_mem = '64MB'", connection, transaction);
        await command.ExecuteNonQueryAsync(ct);
    }
}
