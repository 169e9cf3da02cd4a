using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;

namespace Watchdog.IdleShutdown.Schedules;

/// <summary>
/// Brings the times of schedules into acts, shard by shard: what is wanted now is computed anew in each run, so that a run that was missed is made up for
/// by the next one within the schedule's bounds, and a run that comes twice finds its acts recorded.
/// </summary>
public sealed class ScheduleRun(
    NpgsqlDataSource database, IdlePolicies policies, Waves waves, WakeRate rate, IOptions<IdleShutdownOptions> options, IOptions<PolicyOptions> policy,
    DetectorOptions detectors, Clocks clocks, ILogger<ScheduleRun> log)
{
    /// <summary>Between two runs.</summary>
    public static readonly TimeSpan Cadence = TimeSpan.FromMinutes(1);

    // A VM that was in use is asked again after this.
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(5);
    // As far ahead as anybody is woken: a day's share of starts.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(1);
    private static readonly string[] CameToNothing = [ActStates.Withdrawn, ActStates.Refused, ActStates.Failed];

    /// <summary>Runs once over shards.</summary>
    /// <param name="fence">The shards' schedule leases.</param>
    /// <exception cref="FencedException">Another worker took one of the shards; nothing of this run is written.</exception>
    public async Task RunAsync(short[] shards, IReadOnlyDictionary<short, Scope> scopes, Fence fence, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        var stops = await StopsAsync(shards, scopes, now, ct);
        var starts = options.Value.Mode == PolicyMode.Enforce ? await StartsAsync(shards, scopes, now, ct) : [];
        var (stopped, started, withdrawn) = await FencedWrite.RunAsync(database, fence, async (connection, transaction) => (
            await AddAsync(connection, transaction, stops, now, ct),
            await AddAsync(connection, transaction, starts, now, ct),
            await WithdrawAsync(connection, transaction, shards, now, ct)), ct);
        if (stopped + started + withdrawn > 0)
        {
            Log.Scheduled(log, stopped, started, withdrawn);
        }
    }

    private async Task<IReadOnlyList<NewCaselessAct>> StopsAsync(short[] shards, IReadOnlyDictionary<short, Scope> scopes, DateTimeOffset now, CancellationToken ct)
    {
        var due = policies.All.Where(one => one.Schedule is not null)
            .Select(one => (one.Name, At: one.Schedule!.StopDue(now, one.WarningLead))).Where(one => one.At is not null).ToDictionary(one => one.Name, one => one.At!.Value);
        if (due.Count == 0)
        {
            return [];
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        List<(ScheduledVm Vm, IdlePolicy Policy, DateTimeOffset At)> wanted =
        [
            .. from vm in await ScheduledVms.RunningAsync(connection, null, shards, null, ct)
               where scopes.ContainsKey(vm.Scope)
               let own = policies.Of(vm.Owner, vm.Plan, vm.Tags)
               where own.Schedule is not null && due.ContainsKey(own.Name)
               select (vm, own, due[own.Name]),
        ];
        wanted = await UntriedAsync(ActKinds.Stop, wanted, now, ct);
        var records = await IdleRecords.ReadAsync(connection, null, [.. wanted.Select(one => one.Vm.InstanceId)], now, ct);
        var state = options.Value.Mode == PolicyMode.Observe ? ActStates.Observed : ActStates.Proposed;
        List<NewCaselessAct> acts = [];
        foreach (var wave in wanted.GroupBy(one => (one.Policy.Schedule!.Name, one.At, one.Vm.Scope)))
        {
            if ((await waves.DecideAsync(wave.First().Policy.Schedule!, wave.Key.At, scopes[wave.Key.Scope], now, ct)).Refused is not null)
            {
                continue;
            }

            // What keeps it now and is known to end before its time keeps it no longer then.
            var at = wave.Key.At > now ? wave.Key.At : now;
            acts.AddRange(wave
                .Where(one => records.TryGetValue(one.Vm.InstanceId, out var record) && !RecordKeepers.Of(record, at, one.Policy, detectors.Idle).Any())
                .Select(one => new NewCaselessAct(
                    one.Vm.InstanceId, one.Vm.Scope, ActKinds.Stop, state, ScheduledStops.Reason(one.Policy, one.At), Audit.Machine, ProgramVersion.Current, null)
                {
                    Policy = one.Policy.Name, OccurrenceAt = one.At, DueAt = one.At,
                }));
        }

        return acts;
    }

    private async Task<IReadOnlyList<NewCaselessAct>> StartsAsync(short[] shards, IReadOnlyDictionary<short, Scope> scopes, DateTimeOffset now, CancellationToken ct)
    {
        if (policies.All.All(one => one.Schedule is null))
        {
            return [];
        }

        List<(ScheduledVm Vm, IdlePolicy Policy, DateTimeOffset At)> wanted =
        [
            .. from vm in await ScheduledVms.SleepingAsync(database, shards, now - policy.Value.Admission.Block, ct)
               where scopes.ContainsKey(vm.Scope)
               let own = policies.Of(vm.Owner, vm.Plan, vm.Tags)
               let at = StartOf(own, vm.StoppedAt!.Value, now)
               where at is not null && at < now + Horizon
               select (vm, own, at.Value),
        ];
        wanted = await UntriedAsync(ActKinds.Release, wanted, now, ct);
        var share = rate.Times((double)shards.Length / Shard.Count);
        var chosen = wanted.GroupBy(one => one.Vm.Scope).SelectMany(ofScope =>
            WakePacing.Now([.. ofScope.Select(one => new Sleeper(one.Vm.InstanceId, one.At))], now, Cadence, share)).Select(one => one.InstanceId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. wanted.Where(one => chosen.Contains(one.Vm.InstanceId)).Select(one => new NewCaselessAct(
                one.Vm.InstanceId, one.Vm.Scope, ActKinds.Release, ActStates.Admitted,
                $"Schedule {one.Policy.Schedule!.Name} of policy {one.Policy.Name} starts it for {one.Policy.Schedule.Words(one.At)}.", Audit.Machine, ProgramVersion.Current, null)
            {
                Policy = one.Policy.Name, OccurrenceAt = one.At,
            }),
        ];
    }

    // One that slept before the window began is due while it lasts; one that fell asleep in it, at the next.
    private static DateTimeOffset? StartOf(IdlePolicy own, DateTimeOffset stoppedAt, DateTimeOffset now) =>
        own.Schedule is not { } schedule ? null : schedule.StartDue(now) is { } due && stoppedAt < due ? due : schedule.NextStart(now);

    private async Task<List<(ScheduledVm Vm, IdlePolicy Policy, DateTimeOffset At)>> UntriedAsync(
        string kind, List<(ScheduledVm Vm, IdlePolicy Policy, DateTimeOffset At)> wanted, DateTimeOffset now, CancellationToken ct)
    {
        if (wanted.Count == 0)
        {
            return wanted;
        }

        var tried = await ScheduledVms.TriedAsync(
            database, kind, [.. wanted.Select(one => one.Vm.InstanceId)], [.. wanted.Select(one => one.At).Distinct()], ct);
        return [.. wanted.Where(one => !tried.TryGetValue((one.Vm.InstanceId, one.At), out var last) || (CameToNothing.Contains(last.State) && last.DoneAt <= now - AskAgain))];
    }

    private static async Task<int> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<NewCaselessAct> acts, DateTimeOffset now, CancellationToken ct)
    {
        var added = 0;
        foreach (var act in acts)
        {
            added += await CaselessActs.AddAsync(connection, transaction, act, now, ct) is null ? 0 : 1;
        }

        return added;
    }

    // Whose bound has passed, or whose schedule wants something else by now: it is not stopped later.
    private async Task<int> WithdrawAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short[] shards, DateTimeOffset now, CancellationToken ct)
    {
        var acts = await ScheduledVms.LockWaitingAsync(connection, transaction, shards, ct);
        var records = acts.Count == 0 ? null : await IdleRecords.ReadAsync(connection, transaction, [.. acts.Select(act => act.InstanceId)], now, ct);
        var withdrawn = 0;
        foreach (var act in acts)
        {
            var own = records!.TryGetValue(act.InstanceId, out var record) ? policies.Of(record) : null;
            var at = act.OccurrenceAt!.Value;
            if (record is not { State: "running" } || own!.Schedule is not { } schedule || (now >= at ? !schedule.Stands(at, now) : schedule.NextStop(now) != at))
            {
                var why = record is not { State: "running" } ? "it runs no more" : "its schedule's bound has passed, or the schedule wants something else by now";
                await CaselessActs.MoveAsync(connection, transaction, act, ActStates.Withdrawn, Audit.Machine, why, now, ct);
                withdrawn++;
            }
        }

        return withdrawn;
    }
}
