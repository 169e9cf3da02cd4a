using Npgsql;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.IdleShutdown.Schedules;

/// <summary>A time of a schedule in a scope, and why it stops nobody; null: it does.</summary>
public sealed record Wave(string Schedule, DateTimeOffset At, short Scope, int Vms, string? Refused);

/// <summary>
/// The stops that a schedule's time brings about in a scope, decided once for the whole cluster before the first of them: what could not be started again in
/// time is not stopped. An event says so (<c>idle.wave-refused</c>).
/// </summary>
public sealed class Waves(NpgsqlDataSource database, IdlePolicies policies, WakeRate rate, ILogger<Waves> log)
{
    /// <summary>The wave's decision, made now if nobody has.</summary>
    public async Task<Wave> DecideAsync(Schedule schedule, DateTimeOffset at, Scope scope, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await FindAsync(connection, transaction, schedule.Name, at, scope.Id, ct) is { } decided)
        {
            return decided;
        }

        var awake = await ScheduledVms.RunningAsync(connection, transaction, null, scope.Id, ct);
        var vms = awake.Count(vm => policies.Of(vm.Owner, vm.Plan, vm.Tags).Schedule?.Name == schedule.Name);
        var refused = schedule.NextStart(at) is { } start ? WakePacing.Refusal(schedule.Name, scope.Key, vms, at, start, rate) : null;
        await using var insert = Statement.On(connection, transaction,
            "insert into idle_wave (schedule, occurrence_at, scope, vms, refused, decided_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            schedule.Name, at, scope.Id, vms, refused, now);
        if (await insert.ExecuteNonQueryAsync(ct) == 1 && refused is not null)
        {
            Log.WaveRefused(log, refused);
            await EventLog.AppendAsync(connection, transaction, now, "idle.wave-refused", scope.Key, LedgerJson.Write(new Told(schedule.Name, at, vms, refused)), ct);
        }

        // Another worker may have decided at the same moment: its word holds.
        var wave = await FindAsync(connection, transaction, schedule.Name, at, scope.Id, ct);
        await transaction.CommitAsync(ct);
        return wave!;
    }

    /// <summary>The refusals of times from an instant on, by schedule and time; of several scopes' all together.</summary>
    internal static async Task<IReadOnlyDictionary<(string Schedule, DateTimeOffset At), string>> RefusedAsync(NpgsqlDataSource database, DateTimeOffset from, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            "select schedule, occurrence_at, string_agg(refused, ' ' order by scope) from idle_wave where refused is not null and occurrence_at >= $1 group by 1, 2", from);
        return (await Rows.AllAsync(command, r => (Schedule: r.GetString(0), At: r.GetFieldValue<DateTimeOffset>(1), Why: r.GetString(2)), ct))
            .ToDictionary(row => (row.Schedule, row.At), row => row.Why);
    }

    private static async Task<Wave?> FindAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string schedule, DateTimeOffset at, short scope, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "select schedule, occurrence_at, scope, vms, refused from idle_wave where schedule = $1 and occurrence_at = $2 and scope = $3", schedule, at, scope);
        return (await Rows.AllAsync(command, r => new Wave(
            r.GetString(0), r.GetFieldValue<DateTimeOffset>(1), r.GetInt16(2), r.GetInt32(3), r.IsDBNull(4) ? null : r.GetString(4)), ct)).SingleOrDefault();
    }

    private sealed record Told(string Schedule, DateTimeOffset At, int Vms, string Reason);
}
