using Npgsql;
using NpgsqlTypes;
using Watchdog.Detection;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.IdleShutdown;

/// <summary>A VM whose CPU rests.</summary>
/// <param name="Since">Known to have rested since then.</param>
/// <param name="DueAt">Not looked at more closely before.</param>
/// <param name="Asked">The command of a look inside that was not read yet.</param>
/// <param name="Heard">The command of the last look that was read.</param>
/// <param name="Verdict">What was found last; null before the first closer look.</param>
public sealed record Watched(
    string InstanceId, short Scope, short Shard, DateTimeOffset Since, DateTimeOffset DueAt, string? Asked, DateTimeOffset? AskedAt, string? Heard,
    IdleVerdict? Verdict);

/// <summary>Reads and writes table <c>idle_watch</c>, whole sets at a time and only what changes.</summary>
public static class IdleWatch
{
    private const string Columns = "instance_id, scope, shard, since, due_at, asked_command, asked_at, heard_command, verdict";

    /// <summary>Follows a sweep in its transaction: who rests is watched from now on, who does not any more is forgotten.</summary>
    public static async Task FollowAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Resting seen, IReadOnlyList<short> shards, DateTimeOffset now, CancellationToken ct)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        await using (var command = new NpgsqlCommand("select instance_id from idle_watch where shard = any($1)", connection, transaction))
        {
            command.Parameters.Add(new() { Value = shards.ToArray() });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                known.Add(reader.GetString(0));
            }
        }

        Vm[] fresh = [.. seen.Rests.Where(vm => !known.Contains(vm.InstanceId))];
        if (fresh.Length > 0)
        {
            await using var insert = new NpgsqlCommand(
                """
                insert into idle_watch (instance_id, scope, shard, since, due_at) select w.instance_id, w.scope, w.shard, $4, $5
                from unnest($1, $2, $3) as w(instance_id, scope, shard) on conflict (instance_id) do nothing
                """, connection, transaction)
            {
                Parameters =
                {
                    new() { Value = Array.ConvertAll(fresh, vm => vm.InstanceId) }, new() { Value = Array.ConvertAll(fresh, vm => vm.Scope) },
                    new() { Value = Array.ConvertAll(fresh, vm => vm.Shard) }, new() { Value = now - seen.Span }, new() { Value = now },
                },
            };
            await insert.ExecuteNonQueryAsync(ct);
        }

        await ForgetAsync(connection, transaction, [.. seen.Wakes.Where(known.Contains)], ct);
    }

    /// <summary>The VMs of the shards that are due, the longest at rest first.</summary>
    public static async Task<IReadOnlyList<Watched>> DueAsync(NpgsqlDataSource database, short[] shards, int limit, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select {Columns} from idle_watch where shard = any($1) and due_at <= $2 order by since, instance_id limit $3");
        command.Parameters.Add(new() { Value = shards });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = limit });
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>The watched VM; null when its CPU does not rest.</summary>
    public static async Task<Watched?> FindAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string instanceId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from idle_watch where instance_id = $1", connection, transaction);
        command.Parameters.Add(new() { Value = instanceId });
        return (await Rows.AllAsync(command, Read, ct)).SingleOrDefault();
    }

    /// <summary>Every watched VM of all shards, by instance id.</summary>
    public static async Task<IReadOnlyList<Watched>> AllAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Columns} from idle_watch order by instance_id");
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>Stores what was found. One that was forgotten meanwhile stays so.</summary>
    public static async Task SaveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Watched> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            """
            update idle_watch w set due_at = n.due_at, asked_command = n.asked, asked_at = n.asked_at, heard_command = n.heard, verdict = n.verdict,
              judged_at = n.judged_at
            from unnest($1, $2, $3, $4, $5, $6, $7) as n(instance_id, due_at, asked, asked_at, heard, verdict, judged_at) where w.instance_id = n.instance_id
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = rows.Select(row => row.InstanceId).ToArray() }, new() { Value = rows.Select(row => row.DueAt).ToArray() },
                new() { Value = rows.Select(row => row.Asked).ToArray() },
                new() { Value = rows.Select(row => row.AskedAt).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new() { Value = rows.Select(row => row.Heard).ToArray() },
                new() { Value = rows.Select(row => row.Verdict is { } verdict ? LedgerJson.Write(verdict) : null).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                new() { Value = rows.Select(row => row.Verdict?.At).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Forgets VMs: in use again, stopped or gone.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string[] instanceIds, CancellationToken ct)
    {
        if (instanceIds.Length == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand("delete from idle_watch where instance_id = any($1)", connection, transaction);
        command.Parameters.Add(new() { Value = instanceIds });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static Watched Read(NpgsqlDataReader r) => new(
        r.GetString(0), r.GetInt16(1), r.GetInt16(2), r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4),
        r.IsDBNull(5) ? null : r.GetString(5), r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6), r.IsDBNull(7) ? null : r.GetString(7),
        r.IsDBNull(8) ? null : LedgerJson.Read<IdleVerdict>(r.GetString(8)));
}
