using Npgsql;
using NpgsqlTypes;

namespace Watchdog.Detection;

/// <summary>Reads and writes table <c>suspect</c>, whole shards and whole sets at a time.</summary>
public static class SuspectTable
{
    private const string Columns = "instance_id, scope, shard, class, stage, onset, opened_at, due_at, looks, command_id, detail";

    /// <summary>Suspects of the shards. A detail that cannot be read counts as empty: its looks are made again.</summary>
    public static async Task<IReadOnlyList<Suspect>> LoadAsync(NpgsqlDataSource database, short[] shards, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Columns} from suspect where shard = any($1)");
        command.Parameters.Add(new() { Value = shards });
        List<Suspect> suspects = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            suspects.Add(Read(reader));
        }

        return suspects;
    }

    /// <summary>The VM as a suspect; null when it is none.</summary>
    public static async Task<Suspect?> FindAsync(NpgsqlConnection connection, string instanceId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from suspect where instance_id = $1", connection) { Parameters = { new() { Value = instanceId } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    /// <summary>Writes the suspects as they are now, new ones and known ones alike.</summary>
    public static async Task SaveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Suspect> suspects, CancellationToken ct)
    {
        if (suspects.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            """
            insert into suspect (instance_id, scope, shard, class, stage, onset, opened_at, due_at, looks, command_id, detail)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (instance_id) do update set
              scope = excluded.scope, shard = excluded.shard, class = excluded.class, stage = excluded.stage, onset = excluded.onset,
              opened_at = excluded.opened_at, due_at = excluded.due_at, looks = excluded.looks, command_id = excluded.command_id,
              detail = excluded.detail, context = case when excluded.stage = 'benign' then null else suspect.context end
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = suspects.Select(s => s.InstanceId).ToArray() },
                new() { Value = suspects.Select(s => s.Scope).ToArray() },
                new() { Value = suspects.Select(s => s.Shard).ToArray() },
                new() { Value = suspects.Select(s => s.Class).ToArray() },
                new() { Value = suspects.Select(s => NameOf(s.Stage)).ToArray() },
                new() { Value = suspects.Select(s => s.Onset).ToArray() },
                new() { Value = suspects.Select(s => s.OpenedAt).ToArray() },
                new() { Value = suspects.Select(s => s.DueAt).ToArray() },
                new() { Value = suspects.Select(s => s.Looks).ToArray() },
                new() { Value = suspects.Select(s => s.CommandId).ToArray() },
                new() { Value = suspects.Select(s => FrozenJson.Write(s.Detail)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Keeps what triage read of suspects that are there, until a decision freezes it.</summary>
    public static async Task KeepAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<(string InstanceId, KeptContext Context)> read, CancellationToken ct)
    {
        if (read.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            "update suspect s set context = k.context from unnest($1, $2) as k(instance_id, context) where s.instance_id = k.instance_id", connection, transaction)
        {
            Parameters =
            {
                new() { Value = read.Select(one => one.InstanceId).ToArray() },
                new() { Value = read.Select(one => FrozenJson.Write(one.Context)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Forgets the VMs: cleared, quiet again, or gone.</summary>
    public static async Task RemoveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<string> instanceIds, CancellationToken ct)
    {
        if (instanceIds.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand("delete from suspect where instance_id = any($1)", connection, transaction)
        {
            Parameters = { new() { Value = instanceIds.ToArray() } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static Suspect Read(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetInt16(1), reader.GetInt16(2), reader.GetString(3),
        Enum.Parse<SuspectStage>(reader.GetString(4), ignoreCase: true), reader.GetFieldValue<DateTimeOffset>(5),
        reader.GetFieldValue<DateTimeOffset>(6), reader.GetFieldValue<DateTimeOffset>(7), reader.GetInt32(8),
        reader.IsDBNull(9) ? null : reader.GetString(9), FrozenJson.Read<SuspectDetail>(reader.GetString(10)) ?? new());

    private static string NameOf(SuspectStage stage) => stage switch
    {
        SuspectStage.Hot => "hot",
        SuspectStage.Triage => "triage",
        SuspectStage.Inspection => "inspection",
        SuspectStage.Benign => "benign",
        SuspectStage.Recall => "recall",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Unknown stage"),
    };
}
