using System.Text.Json;
using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.IdleShutdown.Schedules;

/// <summary>A VM as far as its schedule needs it.</summary>
/// <param name="StoppedAt">When Watchdog switched it off; null for one that runs.</param>
public sealed record ScheduledVm(string InstanceId, short Scope, string Owner, string? Plan, IReadOnlyDictionary<string, string> Tags, DateTimeOffset? StoppedAt);

/// <summary>What came of an act for a time of a schedule.</summary>
internal sealed record Tried(string InstanceId, DateTimeOffset OccurrenceAt, string State, DateTimeOffset? DoneAt);

/// <summary>Reads the VMs that schedules are for, and what was done for them; whole shards at a time.</summary>
internal static class ScheduledVms
{
    /// <summary>The running VMs of shards; of a whole scope with <paramref name="scope"/>.</summary>
    public static async Task<IReadOnlyList<ScheduledVm>> RunningAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, short[]? shards, short? scope, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select instance_id, scope, owner, plan, tags, null::timestamptz from vm
            where state = 'running' and gone_at is null and ($1::smallint[] is null or shard = any($1)) and ($2::smallint is null or scope = $2)
            """, shards, scope);
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>
    /// The stopped VMs that Watchdog switched off itself: not those that somebody started since, whatever became of them, and none with an open case, under an
    /// act on abuse, or of an owner who may start none.
    /// </summary>
    /// <param name="blockedSince">Blocks from before have ended.</param>
    public static async Task<IReadOnlyList<ScheduledVm>> SleepingAsync(NpgsqlDataSource database, short[]? shards, DateTimeOffset blockedSince, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            select v.instance_id, v.scope, v.owner, v.plan, v.tags, a.done_at
            from act a join vm v on v.instance_id = a.instance_id
            where a.purpose = 'idle' and a.kind = 'stop' and a.state = 'verified' and ($1::smallint[] is null or v.shard = any($1))
              and v.state = 'stopped' and v.gone_at is null and v.launch_time < a.done_at
              and not exists (select 1 from case_file f where f.instance_id = v.instance_id and f.closed_at is null)
              and not exists (select 1 from act b where b.instance_id = v.instance_id and b.purpose = 'abuse' and b.kind in ('quarantine', 'stop')
                and b.state in ('admitted', 'planned', 'executing', 'applied', 'verified', 'unverifiable', 'escalated'))
              and not exists (select 1 from act b join case_file f on f.id = b.case_id
                where f.owner = v.owner and b.kind = 'block' and b.state = 'verified' and b.done_at > $2)
              and not exists (select 1 from act b where b.instance_id = a.instance_id and b.purpose = 'idle' and b.kind = 'stop' and b.id > a.id and b.state = 'verified')
            """, shards, blockedSince);
        return await Rows.AllAsync(command, Read, ct);
    }

    /// <summary>The last act of a kind for each VM and time.</summary>
    public static async Task<IReadOnlyDictionary<(string InstanceId, DateTimeOffset At), Tried>> TriedAsync(
        NpgsqlDataSource database, string kind, string[] instanceIds, DateTimeOffset[] occurrences, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            select distinct on (instance_id, occurrence_at) instance_id, occurrence_at, state, done_at from act
            where purpose = 'idle' and kind = $1 and instance_id = any($2) and occurrence_at = any($3) order by instance_id, occurrence_at, id desc
            """, kind, instanceIds, occurrences);
        var rows = await Rows.AllAsync(command, r => new Tried(r.GetString(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetFieldValue<DateTimeOffset>(3)), ct);
        return rows.ToDictionary(row => (row.InstanceId, row.OccurrenceAt));
    }

    /// <summary>The schedules' stops of shards that wait for admission, locked.</summary>
    public static async Task<IReadOnlyList<ActRecord>> LockWaitingAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short[] shards, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            select {Rows.Act} from act a join vm v on v.instance_id = a.instance_id
            where a.purpose = 'idle' and a.kind = 'stop' and a.occurrence_at is not null and a.state in ('observed', 'proposed') and v.shard = any($1)
            order by a.id for update of a
            """, shards);
        return await Rows.AllAsync(command, Rows.ReadAct, ct);
    }

    private static ScheduledVm Read(NpgsqlDataReader r) => new(
        r.GetString(0), r.GetInt16(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(4)) ?? [],
        r.IsDBNull(5) ? null : r.GetFieldValue<DateTimeOffset>(5));
}
