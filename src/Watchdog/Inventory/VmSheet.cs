using System.Text.Json;
using Npgsql;

namespace Watchdog.Inventory;

/// <summary>All that inventory knows of a VM, for people.</summary>
/// <param name="Scope">The scope's key.</param>
/// <param name="MissingSince">Absent from a complete listing since then; null: it was listed.</param>
/// <param name="GoneAt">Null while it is there.</param>
/// <param name="Agent"><c>reached</c> or <c>silent</c>; null where SSM does not manage it, or nobody has asked yet.</param>
public sealed record VmSheet(
    string InstanceId, short ScopeId, string Scope, string Owner, string? Plan, string State, DateTimeOffset StateSince, string? StateReason, string InstanceType, int Vcpus,
    string? ImageId, string? Zone, string? VpcId, DateTimeOffset LaunchTime, string? PrivateIp, string? PublicIp, string? Lifecycle, string? AutoScalingGroup,
    IReadOnlyDictionary<string, string> Tags, DateTimeOffset FirstSeen, DateTimeOffset? MissingSince, DateTimeOffset? GoneAt, string? Agent, DateTimeOffset? AgentSince)
{
    /// <summary>Whether the last complete listings still showed it.</summary>
    public bool IsThere => GoneAt is null;

    /// <summary>The sheet of VM $1.</summary>
    internal const string Sql =
        """
        select v.instance_id, v.scope, s.key, v.owner, v.plan, v.state, v.state_since, v.state_reason, v.instance_type, v.vcpus, v.image_id, v.zone, v.vpc_id,
          v.launch_time, v.private_ip, v.public_ip, v.lifecycle, v.autoscaling_group, v.tags, v.first_seen, v.missing_since, v.gone_at, v.agent, v.agent_since
        from vm v join scope s on s.id = v.scope where v.instance_id = $1
        """;

    /// <summary>Reads it; null for a VM that was never listed.</summary>
    public static async Task<VmSheet?> ReadAsync(NpgsqlConnection connection, string instanceId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = instanceId } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    /// <summary>Reads a row of <see cref="Sql"/>.</summary>
    internal static VmSheet Read(NpgsqlDataReader r)
    {
        return new(
            r.GetString(0), r.GetInt16(1), r.GetString(2), r.GetString(3), Text(4), r.GetString(5), r.GetFieldValue<DateTimeOffset>(6), Text(7), r.GetString(8), r.GetInt16(9),
            Text(10), Text(11), Text(12), r.GetFieldValue<DateTimeOffset>(13), Text(14), Text(15), Text(16), Text(17),
            JsonSerializer.Deserialize(r.GetString(18), InventoryJson.Default.SortedDictionaryStringString) ?? [], r.GetFieldValue<DateTimeOffset>(19), At(20), At(21), Text(22), At(23));

        string? Text(int column) => r.IsDBNull(column) ? null : r.GetString(column);

        DateTimeOffset? At(int column) => r.IsDBNull(column) ? null : r.GetFieldValue<DateTimeOffset>(column);
    }
}
