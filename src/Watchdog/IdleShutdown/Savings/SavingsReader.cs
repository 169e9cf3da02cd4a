using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.IdleShutdown.Savings;

/// <summary>What was not stopped, and why.</summary>
/// <param name="Code">The keeper's code.</param>
/// <param name="Vms">Resting VMs that it keeps, by the last look at each; one that several things keep counts for each.</param>
/// <param name="Alone">Of them, those that nothing else keeps.</param>
/// <param name="Example">The sentence of one of them.</param>
public sealed record KeptBy(string Code, int Vms, int Alone, string Example);

/// <summary>Idle stops that wait, by what holds them.</summary>
public sealed record HeldBy(string Reason, int Stops);

/// <summary>What became of the stops that were recorded within a period and not made.</summary>
/// <param name="Withdrawn">Their ground went away: the VM was in use again, or something kept it.</param>
/// <param name="Failed">EC2 refused, or the VM did not stop.</param>
/// <param name="Kept">What keeps resting VMs now, the most VMs first.</param>
/// <param name="Waiting">Stops that wait now, the most first.</param>
public sealed record NotStopped(int Withdrawn, int Failed, IReadOnlyList<KeptBy> Kept, IReadOnlyList<HeldBy> Waiting);

/// <summary>Reads from the ledger what idle stops saved, and what was not stopped.</summary>
public sealed class SavingsReader(NpgsqlDataSource database)
{
    /// <summary>The idle stops whose VM was off for some of [since, until), or was stopped in it.</summary>
    public async Task<IReadOnlyList<IdleSpan>> SpansAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken ct)
    {
        // What the VM was when it was stopped: its type may be another one when it starts again.
        await using var command = database.CreateCommand(
            """
            with stopped as (
              select a.id, a.instance_id, a.scope, coalesce(a.policy, 'default') as policy, s.started_at, s.done_at as from_at, s.detail = $4 as hibernated
              from act a join step s on s.act_id = a.id and s.kind = 'idle-stop' and s.state = 'done'
              where a.purpose = 'idle' and a.kind = 'stop' and s.done_at < $2)
            select a.id, a.instance_id, coalesce(m.owner, ''), coalesce(m.instance_type, ''), c.region, a.policy, a.from_at, t.at,
              coalesce((select max(g.to_at) from scope_coverage g where g.scope = a.scope and g.kind = 'inventory' and g.seen), a.from_at),
              coalesce(t.to_state in ('pending', 'running') and not exists (
                select 1 from act r where r.instance_id = a.instance_id and r.purpose = 'idle' and r.kind = 'release' and r.actor = $3
                  and r.proposed_at >= a.from_at and r.proposed_at <= t.observed_at), false), coalesce(a.hibernated, false)
            from stopped a join scope c on c.id = a.scope
            left join lateral (select owner, instance_type from vm_membership m where m.instance_id = a.instance_id
              order by m.at <= a.from_at desc, case when m.at <= a.from_at then m.id end desc nulls last, m.id limit 1) m on true
            left join lateral (select t.at, t.observed_at, t.to_state from vm_transition t
              where t.instance_id = a.instance_id and t.at > a.started_at and t.to_state not in ('stopping', 'stopped') order by t.at, t.id limit 1) t on true
            where t.at is null or t.at > $1 or a.from_at >= $1
            order by a.id
            """);
        command.Parameters.Add(new() { Value = since });
        command.Parameters.Add(new() { Value = until });
        command.Parameters.Add(new() { Value = Audit.Machine });
        command.Parameters.Add(new() { Value = Hibernation.Done });
        return await Rows.AllAsync(command, r => new IdleSpan(
            r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetFieldValue<DateTimeOffset>(6),
            r.IsDBNull(7) ? null : r.GetFieldValue<DateTimeOffset>(7), r.GetFieldValue<DateTimeOffset>(8), r.GetBoolean(9)) { Hibernated = r.GetBoolean(10) }, ct);
    }

    /// <summary>What was not stopped, and why: stops of the period by their end, and what holds and keeps now.</summary>
    public async Task<NotStopped> NotStoppedAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken ct)
    {
        await using var ended = database.CreateCommand(
            """
            select count(*) filter (where state = 'withdrawn')::int, count(*) filter (where state in ('failed', 'refused'))::int
            from act where purpose = 'idle' and kind = 'stop' and proposed_at >= $1 and proposed_at < $2
            """);
        ended.Parameters.Add(new() { Value = since });
        ended.Parameters.Add(new() { Value = until });
        var (withdrawn, failed) = (await Rows.AllAsync(ended, r => (r.GetInt32(0), r.GetInt32(1)), ct))[0];
        await using var kept = database.CreateCommand(
            """
            select k ->> 'code', count(*)::int, count(*) filter (where jsonb_array_length(w.verdict -> 'keepers') = 1)::int, min(k ->> 'sentence')
            from idle_watch w cross join jsonb_array_elements(w.verdict -> 'keepers') k group by 1 order by 2 desc, 1
            """);
        await using var waiting = database.CreateCommand(
            """
            select coalesce(detail, 'waits for its turn'), count(*)::int from act
            where purpose = 'idle' and kind = 'stop' and state in ('observed', 'proposed') group by 1 order by 2 desc, 1
            """);
        return new(withdrawn, failed,
            await Rows.AllAsync(kept, r => new KeptBy(r.GetString(0), r.GetInt32(1), r.GetInt32(2), r.GetString(3)), ct),
            await Rows.AllAsync(waiting, r => new HeldBy(r.GetString(0), r.GetInt32(1)), ct));
    }
}
