using Npgsql;
using NpgsqlTypes;
using Watchdog.Detectors.Facts;

namespace Watchdog.Inventory;

/// <summary>Reads and writes table <c>impairment</c>.</summary>
internal static class ImpairmentStore
{
    /// <summary>A check's state as the table spells it.</summary>
    public static string NameOf(CheckState state) => state switch
    {
        CheckState.Ok => "ok",
        CheckState.Impaired => "impaired",
        CheckState.Initializing => "initializing",
        _ => "unknown",
    };

    /// <summary>The state that a spelling names.</summary>
    public static CheckState StateOf(string name) => name switch
    {
        "ok" => CheckState.Ok,
        "impaired" => CheckState.Impaired,
        "initializing" => CheckState.Initializing,
        _ => CheckState.Unknown,
    };

    /// <summary>Whether the stored row says the same as the listing.</summary>
    public static bool Same(ListedStatus a, ListedStatus b) => a.Status == b.Status && a.Events.SequenceEqual(b.Events);

    public static async Task<Dictionary<string, ListedStatus>> LoadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select instance_id, instance_check, system_check, ebs_check, impaired_since, events from impairment where scope = $1", connection, transaction);
        command.Parameters.Add(new() { Value = scope });
        Dictionary<string, ListedStatus> stored = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var status = await ReadAsync(reader, ct);
            stored[status.InstanceId] = status;
        }

        return stored;
    }

    /// <summary>Reads the first six columns: id, three checks, impaired since, events.</summary>
    public static async Task<ListedStatus> ReadAsync(NpgsqlDataReader reader, CancellationToken ct) => new(
        reader.GetString(0),
        new(StateOf(reader.GetString(1)), StateOf(reader.GetString(2)), StateOf(reader.GetString(3)),
            await reader.IsDBNullAsync(4, ct) ? null : reader.GetFieldValue<DateTimeOffset>(4)),
        [.. reader.GetFieldValue<string[]>(5).Select(ScheduledEvent.Parse)]);

    /// <summary>Of the ids, those that are the scope's managed VMs.</summary>
    public static async Task<HashSet<string>> ManagedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, string[] ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select instance_id from vm where scope = $1 and gone_at is null and instance_id = any($2)", connection, transaction);
        command.Parameters.Add(new() { Value = scope });
        command.Parameters.Add(new() { Value = ids });
        HashSet<string> managed = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            managed.Add(reader.GetString(0));
        }

        return managed;
    }

    public static async Task UpsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, ListedStatus[] rows, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into impairment (instance_id, scope, shard, instance_check, system_check, ebs_check, impaired_since, events, first_seen, observed_at)
            select i.instance_id, $1, i.shard, i.instance_check, i.system_check, i.ebs_check, i.impaired_since, string_to_array(i.events, E'\n'), $2, $2
            from unnest($3, $4, $5, $6, $7, $8, $9) as i(instance_id, shard, instance_check, system_check, ebs_check, impaired_since, events)
            on conflict (instance_id) do update set scope = excluded.scope, instance_check = excluded.instance_check,
              system_check = excluded.system_check, ebs_check = excluded.ebs_check, impaired_since = excluded.impaired_since,
              events = excluded.events, observed_at = excluded.observed_at
            """, connection, transaction);
        command.Parameters.Add(new() { Value = scope });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, r => r.InstanceId) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, r => Shard.Of(r.InstanceId)) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, r => NameOf(r.Status.Instance)) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, r => NameOf(r.Status.System)) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, r => NameOf(r.Status.Ebs)) });
        command.Parameters.Add(new()
        {
            Value = Array.ConvertAll(rows, r => r.Status.ImpairedSince),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, r => string.Join('\n', r.Events)) });
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task DeleteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string[] ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("delete from impairment where instance_id = any($1)", connection, transaction);
        command.Parameters.Add(new() { Value = ids });
        await command.ExecuteNonQueryAsync(ct);
    }
}
