using Npgsql;
using NpgsqlTypes;
using Watchdog.Detectors.Facts;

namespace Watchdog.Detection;

/// <summary>Reads and writes table <c>vm_baseline</c>: each VM's usual CPU, encoded by <c>BaselineCodec</c>.</summary>
public static class BaselineTable
{
    /// <summary>The encoded baselines of those VMs that have one.</summary>
    public static async Task<Dictionary<string, byte[]>> LoadAsync(
        NpgsqlDataSource database, IReadOnlyList<string> instanceIds, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select instance_id, hours from vm_baseline where instance_id = any($1)");
        command.Parameters.Add(new() { Value = instanceIds as string[] ?? [.. instanceIds] });
        Dictionary<string, byte[]> baselines = new(instanceIds.Count);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            baselines[reader.GetString(0)] = reader.GetFieldValue<byte[]>(1);
        }

        return baselines;
    }

    /// <summary>Writes rolled baselines. A row that already looked further ahead stays, so that an older run cannot undo a newer one.</summary>
    public static async Task SaveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<RolledBaseline> rolled, CancellationToken ct)
    {
        if (rolled.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            """
            insert into vm_baseline (instance_id, hours, until) select * from unnest($1, $2, $3)
            on conflict (instance_id) do update set hours = excluded.hours, until = excluded.until
            where vm_baseline.until < excluded.until
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = rolled.Select(b => b.InstanceId).ToArray() },
                new() { Value = rolled.Select(b => b.Hours).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                new() { Value = rolled.Select(b => b.Until).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>A baseline that has looked at all hours before <paramref name="Until"/>.</summary>
/// <param name="Hours">Encoded by <c>BaselineCodec</c>.</param>
public sealed record RolledBaseline(string InstanceId, byte[] Hours, DateTimeOffset Until)
{
    /// <summary>Encodes a baseline for storing.</summary>
    public static RolledBaseline Of(string instanceId, in Baseline baseline)
    {
        var bytes = new byte[BaselineCodec.Size];
        BaselineCodec.Encode(baseline, bytes);
        return new RolledBaseline(instanceId, bytes, DateTimeOffset.FromUnixTimeSeconds(baseline.EndHour * 3600));
    }
}
