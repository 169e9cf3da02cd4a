using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Detection;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;
using Watchdog.IdleShutdown;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Reports.Quarantine;
using Watchdog.Slo;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Telling;

namespace Watchdog.Reports.Vms;

/// <summary>Reads a VM's page: what is stored of it. Nobody is asked, and nothing is billed.</summary>
public sealed class VmReads(
    NpgsqlDataSource database, IdlePolicies idle, DetectorOptions detectors, IOptions<SloOptions> slo, IOptionsMonitor<PolicyOptions> policy, Clocks clocks)
{
    /// <summary>Cases that are told of, newest first.</summary>
    public const int MostCases = 50;

    private const int Days = 30;
    private static readonly string[] Holding =
        [ActStates.Admitted, ActStates.Planned, ActStates.Executing, ActStates.Applied, ActStates.Verified, ActStates.Unverifiable, ActStates.Escalated];

    /// <summary>Reads it; null: no listing ever showed such a VM.</summary>
    public async Task<VmModel?> ReadAsync(string id, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var asked = new Questions(connection);
        var sheets = asked.Ask(VmSheet.Sql, VmSheet.Read, id);
        var looks = asked.Ask(
            """
            select (select hours from vm_baseline where instance_id = $1), exists (select 1 from shard_blind where shard = $2 and $1 = any(instance_ids)),
              (select max(at) from shard_run where shard = $2), (select reason from brake where is_on)
            """, ReadLook, id, Shard.Of(id));
        var acts = asked.Ask($"select {Rows.Act} from act a where a.instance_id = $1 order by a.id desc limit 50", Rows.ReadAct, id);
        var known = asked.Ask($"select {Rows.Case} from case_file c where c.instance_id = $1 order by c.opened_at desc, c.id desc limit {MostCases}", Rows.ReadCase, id);
        var holds = asked.Ask("select id, instance_id, reason, author, from_at, until_at, ended_at from hold where instance_id = $1 order by id desc limit 20", ReadHold, id);
        var transitions = asked.Ask("select at, from_state, to_state, reason from vm_transition where instance_id = $1 order by at desc, id desc limit 20", ReadTransition, id);
        await asked.PutAsync(ct);
        if (sheets is not [var sheet])
        {
            return null;
        }

        var (hours, blind, screened, brake) = looks[0];
        var band = UsualBand.Of(hours);
        var exemption = await ExemptionAsync(connection, sheet, now, ct);
        var facts = new TouchFacts(
            sheet, known.FirstOrDefault(of => of.ClosedAt is null), [.. acts.Where(act => act.Kind is not (ActKinds.Warn or ActKinds.Notify or ActKinds.Release) && Holding.Contains(act.State))],
            await SuspectTable.FindAsync(connection, id, ct), blind, screened, band?.Hours ?? 0, exemption, policy.CurrentValue.Mode, brake);
        return new(
            sheet, [.. Touched.Why(facts)], band, await IdleStanding.ReadAsync(connection, idle, detectors.Idle, id, now, ct), holds, exemption,
            await UptimeAsync(id, ct), known, transitions, [.. acts.Where(act => act.CaseId is null)]);
    }

    private static async Task<Exemption?> ExemptionAsync(NpgsqlConnection connection, VmSheet sheet, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        return (await Exemptions.InForceAsync(connection, transaction, [(sheet.InstanceId, sheet.Owner)], now, ct)).GetValueOrDefault(sheet.InstanceId);
    }

    private static (byte[]? Hours, bool Blind, DateTimeOffset? Screened, string? Brake) ReadLook(NpgsqlDataReader r) => (
        r.IsDBNull(0) ? null : r.GetFieldValue<byte[]>(0), r.GetBoolean(1), r.IsDBNull(2) ? null : r.GetFieldValue<DateTimeOffset>(2), r.IsDBNull(3) ? null : r.GetString(3));

    private static Hold ReadHold(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetFieldValue<DateTimeOffset>(4), r.GetFieldValue<DateTimeOffset>(5),
        r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6));

    private static VmTransition ReadTransition(NpgsqlDataReader r) => new(
        r.GetFieldValue<DateTimeOffset>(0), r.IsDBNull(1) ? null : r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3));

    private async Task<VmUptime?> UptimeAsync(string id, CancellationToken ct) => await BookState.ReadAsync(database, ct) is not { } books ? null
        : await VmUptime.ReadAsync(
            database, ObjectiveList.Of(slo.Value.Objectives), id, new UptimeSpan(Math.Max(books.Begin, books.End.Minute - (Days * Minute.Day)), books.End.Minute, false), ct);
}
