using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Guards;
using Watchdog.Storage;

namespace Watchdog.IdleShutdown;

/// <summary>
/// Admits idle stops: one transaction under the lock of all admissions, after those of abuse in each run, and counted by caps of their own over the
/// whole cluster: what saves money takes nothing from what protects people.
/// </summary>
public sealed class IdleAdmission(
    NpgsqlDataSource database, IOptions<IdleShutdownOptions> options, IOptions<PolicyOptions> policy, ILogger<IdleAdmission> log)
{
    private const int ARun = 1_000;

    /// <summary>Admits what may begin, of all scopes, the oldest first; what may not is told why, once. Does nothing in mode Observe.</summary>
    /// <returns>How many were admitted.</returns>
    /// <exception cref="FencedException">Another actuator has the caller's scope.</exception>
    public async Task<int> AdmitAsync(Fence fence, DateTimeOffset now, CancellationToken ct) =>
        options.Value.Mode == PolicyMode.Observe || !await WaitsAsync(ct) ? 0
        : await FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await Admission.LockAsync(connection, transaction, ct);
            var acts = await CaselessActs.LockWaitingAsync(connection, transaction, ARun, ct);
            var facts = await FactsAsync(connection, transaction, now, ct);
            var owners = await OwnersAsync(connection, transaction, [.. acts.Select(act => act.InstanceId)], ct);
            var decided = IdleAdmissionRules.Decide(
                [.. acts.Select(act => new IdleCandidate(act.Id, owners.GetValueOrDefault(act.InstanceId, ""), act.Scope, act.ApprovedBy is not null))],
                facts, options.Value, policy.Value.MinimumHistory, now);
            foreach (var (act, held) in acts.Zip(decided))
            {
                await (held is null ? CaselessActs.MoveAsync(connection, transaction, act, ActStates.Admitted, Audit.Machine, "within guards and caps", now, ct)
                    : CaselessActs.HoldAsync(connection, transaction, act, held, now, ct));
            }

            var admitted = decided.Count(held => held is null);
            Log.Admitted(log, admitted, decided.Count - admitted);
            return admitted;
        }, ct);

    private async Task<bool> WaitsAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select exists (select 1 from act where purpose = 'idle' and kind = 'stop' and state in ('observed', 'proposed')
              and ($1 or approved_by is not null or state = 'observed'))
            """);
        command.Parameters.Add(new() { Value = options.Value.Mode == PolicyMode.Enforce });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<IdleAdmissionFacts> FactsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        var brake = await Brake.ReadAsync(connection, transaction, ct);
        var shards = await ShardReports.ReadAsync(connection, transaction, policy.Value.ShardCadence, now, ct);
        await using var counted = Statement.On(connection, transaction,
            """
            select v.owner, count(*) filter (where a.admitted_at > $1)::int, count(*)::int from act a left join vm v on v.instance_id = a.instance_id
            where a.purpose = 'idle' and a.kind = 'stop' and a.admitted_at > $2 group by v.owner
            """, now.AddMinutes(-5), now.AddHours(-1));
        var counts = await Rows.AllAsync(counted, r => (Owner: r.IsDBNull(0) ? "" : r.GetString(0), Five: r.GetInt32(1), Hour: r.GetInt32(2)), ct);
        await using var watched = Statement.On(connection, transaction, "select scope, min(from_at) from scope_coverage where seen group by scope");
        var since = await Rows.AllAsync(watched, r => (Scope: r.GetInt16(0), At: r.GetFieldValue<DateTimeOffset>(1)), ct);
        return new(
            brake.IsOn ? brake.Reason : null, shards.Fresh, counts.Sum(row => row.Five), counts.Sum(row => row.Hour),
            counts.ToDictionary(row => row.Owner, row => row.Hour), since.ToDictionary(row => row.Scope, row => row.At));
    }

    private static async Task<Dictionary<string, string>> OwnersAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string[] instanceIds, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "select instance_id, owner from vm where instance_id = any($1)", [instanceIds]);
        return (await Rows.AllAsync(command, r => (Id: r.GetString(0), Owner: r.GetString(1)), ct)).ToDictionary(row => row.Id, row => row.Owner);
    }
}
