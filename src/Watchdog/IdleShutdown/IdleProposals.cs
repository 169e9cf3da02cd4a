using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.IdleShutdown;

/// <summary>Records stops of idle VMs and takes them back. Every method runs in its caller's transaction, which asserted its leases.</summary>
internal static class IdleProposals
{
    private static readonly string[] Waiting = [ActStates.Observed, ActStates.Proposed];

    /// <summary>Records a stop of each idle VM that has none under way; returns how many were new.</summary>
    public static async Task<int> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Watched> looked, PolicyMode mode, DateTimeOffset now, CancellationToken ct)
    {
        var added = 0;
        foreach (var vm in looked.Where(vm => IsNew(vm, now) && vm.Verdict!.Idle))
        {
            var state = mode == PolicyMode.Observe ? ActStates.Observed : ActStates.Proposed;
            var act = new NewCaselessAct(vm.InstanceId, vm.Scope, ActKinds.Stop, state, vm.Verdict!.Reason, Audit.Machine, ProgramVersion.Current, null) { Policy = vm.Verdict.Policy };
            added += await CaselessActs.AddAsync(connection, transaction, act, now, ct) is null ? 0 : 1;
        }

        return added;
    }

    /// <summary>Withdraws the stops that wait of VMs that something keeps, and of VMs of the shards that do not rest any more; returns how many.</summary>
    public static async Task<int> WithdrawAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Watched> looked, short[] shards, DateTimeOffset now, CancellationToken ct)
    {
        var kept = looked.Where(vm => IsNew(vm, now) && !vm.Verdict!.Idle).ToDictionary(vm => vm.InstanceId, vm => vm.Verdict!.Reason, StringComparer.Ordinal);
        await using var command = Statement.On(connection, transaction,
            """
            select a.instance_id from act a join vm v on v.instance_id = a.instance_id
            where a.purpose = 'idle' and a.kind = 'stop' and a.occurrence_at is null and a.state in ('observed', 'proposed') and v.shard = any($1)
              and not exists (select 1 from idle_watch w where w.instance_id = a.instance_id)
            """, [shards]);
        foreach (var id in await Rows.AllAsync(command, r => r.GetString(0), ct))
        {
            kept.TryAdd(id, "its CPU does not rest any more, or it runs no more");
        }

        var acts = kept.Count == 0 ? [] : await CaselessActs.LockStopsAsync(connection, transaction, [.. kept.Keys], Waiting, ct);
        // A schedule's stop asks for no rest.
        foreach (var act in acts.Where(act => act.OccurrenceAt is null))
        {
            await CaselessActs.MoveAsync(connection, transaction, act, ActStates.Withdrawn, Audit.Machine, kept[act.InstanceId], now, ct);
        }

        return acts.Count;
    }

    /// <summary>Ends stops in force whose VM was started again by somebody else: there is nothing left to undo but the tag, which an act of its own takes off.</summary>
    public static async Task EndAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short[] shards, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select distinct a.instance_id from act a join vm v on v.instance_id = a.instance_id
            where a.purpose = 'idle' and a.kind = 'stop' and a.state = 'verified' and v.shard = any($1) and v.state = 'running' and v.launch_time > a.done_at
            """, [shards]);
        var started = await Rows.AllAsync(command, r => r.GetString(0), ct);
        foreach (var act in started.Count == 0 ? [] : await CaselessActs.LockStopsAsync(connection, transaction, [.. started], [ActStates.Verified], ct))
        {
            await CaselessActs.MoveAsync(connection, transaction, act, ActStates.Released, Audit.Machine, "somebody started the VM again", now, ct);
            var untag = new NewCaselessAct(
                act.InstanceId, act.Scope, ActKinds.Untag, ActStates.Admitted, $"the stop that it tells of (act {act.Id}) has ended", Audit.Machine, ProgramVersion.Current, null);
            await CaselessActs.AddAsync(connection, transaction, untag, now, ct);
        }
    }

    private static bool IsNew(Watched vm, DateTimeOffset now) => vm.Verdict?.At == now;
}
