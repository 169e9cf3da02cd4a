using Npgsql;

namespace Watchdog.Slo.Telling;

/// <summary>Whose a VM was, and what: a row of <c>slo_group</c>.</summary>
public sealed record VmGroups(string Region, string Owner, string? Plan, string InstanceType, string? ImageId)
{
    /// <summary>Reads the row.</summary>
    /// <param name="group">Its key.</param>
    public static async Task<VmGroups?> ReadAsync(NpgsqlDataSource database, int group, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select region, owner, plan, instance_type, image_id from slo_group where id = $1");
        command.Parameters.Add(new() { Value = group });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4))
            : null;
    }

    /// <summary>Whether the books have ever heard of the VM.</summary>
    public static async Task<bool> KnowsAsync(NpgsqlDataSource database, string instanceId, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select exists (select from slo_vm where instance_id = $1)");
        command.Parameters.Add(new() { Value = instanceId });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
