using Npgsql;
using NpgsqlTypes;

namespace Watchdog.Sweeps;

/// <summary>Writes table <c>shard_run</c> and the shards' blind VMs: what each run saw, judged, and could not tell.</summary>
internal static class ShardRunTable
{
    /// <summary>How long runs are kept.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>The shards' last runs in [<paramref name="since"/>, <paramref name="now"/>]; a run of the future belongs to a clock that jumped.</summary>
    public static async Task<Dictionary<short, DateTimeOffset>> LastAsync(
        NpgsqlDataSource database, short[] shards, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select s.shard, r.at from unnest($1) as s(shard)
            cross join lateral (select at from shard_run where shard = s.shard and at >= $2 and at <= $3 order by at desc limit 1) r
            """);
        command.Parameters.Add(new() { Value = shards });
        command.Parameters.Add(new() { Value = since });
        command.Parameters.Add(new() { Value = now });
        Dictionary<short, DateTimeOffset> last = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            last[reader.GetInt16(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return last;
    }

    /// <summary>The VMs of the shards whose last screen had no data.</summary>
    public static async Task<HashSet<string>> BlindAsync(NpgsqlDataSource database, short[] shards, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "select unnest(instance_ids) from shard_blind where shard = any($1)");
        command.Parameters.Add(new() { Value = shards });
        HashSet<string> blind = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            blind.Add(reader.GetString(0));
        }

        return blind;
    }

    /// <summary>Writes one run of several shards; a rerun at the same instant replaces its rows.</summary>
    public static async Task SaveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<ShardCount> counts, DateTimeOffset at, string node,
        double seconds, CancellationToken ct)
    {
        await using var runs = new NpgsqlCommand(
            """
            insert into shard_run (shard, at, node, epoch, seen, judged, unknown, seconds, screened, modal_cpu, modal_vms)
            select shard, $6, $7, epoch, seen, judged, unknown, $8, screened, modal_cpu, modal_vms
            from unnest($1, $2, $3, $4, $5, $9, $10, $11) as c(shard, epoch, seen, judged, unknown, screened, modal_cpu, modal_vms)
            on conflict (shard, at) do update set node = excluded.node, epoch = excluded.epoch, seen = excluded.seen,
              judged = excluded.judged, unknown = excluded.unknown, seconds = excluded.seconds, screened = excluded.screened,
              modal_cpu = excluded.modal_cpu, modal_vms = excluded.modal_vms
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = counts.Select(c => c.Shard).ToArray() },
                new() { Value = counts.Select(c => c.Epoch).ToArray() },
                new() { Value = counts.Select(c => c.Seen).ToArray() },
                new() { Value = counts.Select(c => c.Seen - c.Blind.Count).ToArray() },
                new() { Value = counts.Select(c => c.Blind.Count).ToArray() },
                new() { Value = at }, new() { Value = node }, new() { Value = seconds },
                new() { Value = counts.Select(c => c.Levels.Screened).ToArray() },
                new() { Value = counts.Select(c => c.Levels.Cpu).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Real },
                new() { Value = counts.Select(c => c.Levels.Vms).ToArray() },
            },
        };
        await runs.ExecuteNonQueryAsync(ct);
        await using var old = new NpgsqlCommand("delete from shard_run where shard = any($1) and at < $2", connection, transaction)
        {
            Parameters = { new() { Value = counts.Select(c => c.Shard).ToArray() }, new() { Value = at - Kept } },
        };
        await old.ExecuteNonQueryAsync(ct);
        var changed = counts.Where(c => c.BlindChanged).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        // Instance ids hold no comma.
        await using var blind = new NpgsqlCommand(
            """
            insert into shard_blind (shard, instance_ids) select shard, string_to_array(ids, ',') from unnest($1, $2) as b(shard, ids)
            on conflict (shard) do update set instance_ids = excluded.instance_ids
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = changed.Select(c => c.Shard).ToArray() },
                new() { Value = changed.Select(c => string.Join(',', c.Blind)).ToArray() },
            },
        };
        await blind.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>What a run counted in one shard.</summary>
/// <param name="Epoch">Of the shard's lease.</param>
/// <param name="Seen">Running VMs.</param>
/// <param name="Blind">Of them, those whose last screen had no data.</param>
/// <param name="BlindChanged">Whether that set differs from what is stored.</param>
/// <param name="Levels">VMs whose CPU was read, the level that most of them showed, and how many did.</param>
internal sealed record ShardCount(
    short Shard, long Epoch, int Seen, IReadOnlyCollection<string> Blind, bool BlindChanged, (int Screened, float? Cpu, int Vms) Levels);
