using Npgsql;

namespace Watchdog.Storage;

/// <summary>Takes leases in table <c>lease</c>: each take raises the epoch and so fences the holder before.</summary>
public static class Leases
{
    /// <summary>The lease of a shard's sweep.</summary>
    public static string ShardOf(int shard) => $"shard:{shard}";
    /// <summary>The lease of a shard's evaluation of resting VMs.</summary>
    public static string IdleOf(int shard) => $"idle:{shard}";
    /// <summary>The lease of a shard's schedules.</summary>
    public static string ScheduleOf(int shard) => $"schedule:{shard}";
    /// <summary>The lease of a scope's inventory.</summary>
    public static string InventoryOf(short scope) => $"inventory:{scope}";
    /// <summary>The lease of a scope's actuator.</summary>
    public static string ActuatorOf(short scope) => $"actuator:{scope}";

    /// <summary>The lease of the one job that seals the audit trail.</summary>
    public const string Audit = "audit";

    /// <summary>The lease of the one job that keeps the uptime books.</summary>
    public const string Slo = "slo";

    /// <summary>Takes the named leases in one statement, in name order so that two takers cannot deadlock.</summary>
    public static async Task<Fence> TakeAsync(
        NpgsqlDataSource database, IEnumerable<string> names, string owner, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            insert into lease (name, epoch, owner, taken_at)
            select name, 1, $2, $3 from unnest($1) as n(name) order by name
            on conflict (name) do update set epoch = lease.epoch + 1, owner = excluded.owner, taken_at = excluded.taken_at
            returning name, epoch
            """);
        command.Parameters.Add(new() { Value = names.ToArray() });
        command.Parameters.Add(new() { Value = owner });
        command.Parameters.Add(new() { Value = at });
        List<string> taken = [];
        List<long> epochs = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            taken.Add(reader.GetString(0));
            epochs.Add(reader.GetInt64(1));
        }

        return new Fence([.. taken], [.. epochs]);
    }

    /// <summary>Notes that the loop which the leases stand for did what it is for; leases that were taken over meanwhile stay as they are.</summary>
    /// <param name="at">Wall time.</param>
    public static async Task DoneAsync(NpgsqlDataSource database, Fence fence, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            update lease l set done_at = $3 from (
              select l.name from lease l join unnest($1, $2) as f(name, epoch) on l.name = f.name and l.epoch = f.epoch order by l.name for update of l) held
            where l.name = held.name
            """);
        command.Parameters.Add(new() { Value = fence.Names });
        command.Parameters.Add(new() { Value = fence.Epochs });
        command.Parameters.Add(new() { Value = at });
        await command.ExecuteNonQueryAsync(ct);
    }
}
