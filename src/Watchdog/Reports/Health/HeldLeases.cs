using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Storage;

namespace Watchdog.Reports.Health;

/// <summary>The leases that this worker took last, by kind: what it does of the cluster's work.</summary>
public sealed class HeldLeases(NpgsqlDataSource database, Node node, Clocks clocks)
{
    private static readonly TimeSpan AtWork = TimeSpan.FromMinutes(3);
    private IReadOnlyDictionary<string, long>? held;

    /// <summary>By kind (<c>shard</c>, <c>inventory</c>, <c>actuator</c>, <c>audit</c> ...); null before the first reading.</summary>
    public IReadOnlyDictionary<string, long>? Now => Volatile.Read(ref held);

    /// <summary>Reads them anew: some hundred rows at most.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "select split_part(name, ':', 1), count(*) filter (where owner = $1 and taken_at > $2) from lease group by 1");
        command.Parameters.Add(new() { Value = node.Name });
        command.Parameters.Add(new() { Value = clocks.Wall.GetUtcNow() - AtWork });
        Dictionary<string, long> read = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            read[reader.GetString(0)] = reader.GetInt64(1);
        }

        Volatile.Write(ref held, read);
    }
}
