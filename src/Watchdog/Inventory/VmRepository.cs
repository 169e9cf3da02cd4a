using Npgsql;

namespace Watchdog.Inventory;

/// <summary>Reads VMs as inventory keeps them.</summary>
public sealed class VmRepository(NpgsqlDataSource database)
{
    private const string Columns =
        "instance_id, scope, shard, owner, plan, state, state_since, instance_type, vcpus, image_id, zone, vpc_id, launch_time, autoscaling_group";

    /// <summary>The running VMs of the shards, by id; those that the last listing missed are still among them.</summary>
    public Task<IReadOnlyList<Vm>> RunningAsync(IReadOnlyCollection<short> shards, CancellationToken ct) =>
        ReadAsync($"select {Columns} from vm where shard = any($1) and gone_at is null and state = 'running' order by instance_id", shards.ToArray(), ct);

    /// <summary>The VMs with the ids, gone ones included, by id; an unknown id is absent.</summary>
    public Task<IReadOnlyList<Vm>> ByIdsAsync(IReadOnlyCollection<string> instanceIds, CancellationToken ct) =>
        ReadAsync($"select {Columns} from vm where instance_id = any($1) order by instance_id", instanceIds.ToArray(), ct);

    /// <summary>The VMs of the shards whose status checks do not all pass or cannot be told, by id.</summary>
    public async Task<IReadOnlyDictionary<string, ListedStatus>> StatusesAsync(IReadOnlyCollection<short> shards, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "select instance_id, instance_check, system_check, ebs_check, impaired_since, events from impairment where shard = any($1)");
        command.Parameters.Add(new() { Value = shards.ToArray() });
        Dictionary<string, ListedStatus> statuses = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var status = await ImpairmentStore.ReadAsync(reader, ct);
            statuses[status.InstanceId] = status;
        }

        return statuses;
    }

    private async Task<IReadOnlyList<Vm>> ReadAsync(string sql, object key, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = key });
        List<Vm> vms = [];
        // Thousands of VMs share a type, an image, a zone: one text each is kept.
        Dictionary<string, string> shared = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            vms.Add(new(
                reader.GetString(0), reader.GetInt16(1), reader.GetInt16(2), Shared(3), Text(4), Shared(5),
                reader.GetFieldValue<DateTimeOffset>(6), Shared(7), reader.GetInt16(8), Text(9), Text(10), Text(11),
                reader.GetFieldValue<DateTimeOffset>(12), Text(13)));
        }

        return vms;

        string? Text(int column) => reader.IsDBNull(column) ? null : Shared(column);

        string Shared(int column)
        {
            var text = reader.GetString(column);
            return shared.TryGetValue(text, out var known) ? known : shared[text] = text;
        }
    }
}
