using System.Globalization;
using Npgsql;
using Watchdog.Cli.Demo;
using Watchdog.FleetSim.Fleet;
using Watchdog.Ledger;

namespace Watchdog.Bench.Week.Play;

/// <summary>What the ledger says of the week's stops.</summary>
/// <param name="Made">Stops that were made: the VM, and before which start.</param>
/// <param name="WithoutReason">Acts without a reason, or without the note that tells it.</param>
/// <param name="Unwarned">Stops made before their warning's time had passed, or without a warning.</param>
/// <param name="Unfinished">Acts that neither ended nor wait.</param>
/// <param name="Twice">VMs with two stops in one rest.</param>
internal sealed record WeekActs(
    IReadOnlyList<string> Made, IReadOnlyList<string> WithoutReason, IReadOnlyList<string> Unwarned, IReadOnlyList<string> Unfinished, IReadOnlyList<string> Twice)
{
    public static async Task<WeekActs> ReadAsync(NpgsqlDataSource database, IReadOnlyList<SimulatedVm> fleet, CancellationToken ct)
    {
        var byId = fleet.ToDictionary(vm => vm.InstanceId, StringComparer.Ordinal);
        await using var command = database.CreateCommand(
            """
            select a.instance_id, coalesce(s.called_at, s.started_at) from act a join step s on s.act_id = a.id
            where a.purpose = 'idle' and a.kind = 'stop' and s.kind = 'idle-stop' and s.state = 'done' order by 1, 2
            """);
        List<string> made = [.. (await Rows.AllAsync(command, r => Named(byId[r.GetString(0)], r.GetFieldValue<DateTimeOffset>(1)), ct)).Order(StringComparer.Ordinal)];
        return new(
            [.. made.Distinct(StringComparer.Ordinal)],
            await TextsAsync(database,
                """
                select a.instance_id from act a
                left join (select distinct (data ->> 'act')::bigint as id from audit where coalesce(data ->> 'reason', '') <> '') told on told.id = a.id
                where a.reason = '' or told.id is null
                """, ct),
            (await DemoLedger.WarningsAsync(database, ct)).Unwarned,
            await TextsAsync(database, "select instance_id || ' ' || state || ' ' || coalesce(detail, '') from act where kind = 'stop' and state in ('failed', 'refused')", ct),
            [.. made.GroupBy(one => one, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key)]);
    }

    // A stop belongs to the rest that its owner's next coming ends, or its office's next opening.
    private static string Named(SimulatedVm vm, DateTimeOffset at)
    {
        var owner = vm.Behaviour.OwnerActions(vm).First(action => action.At > at).At;
        return WeekOffice.StartsOf(vm, at, owner).Select(opens => (DateTimeOffset?)opens).FirstOrDefault() is { } office
            ? string.Create(CultureInfo.InvariantCulture, $"{vm.InstanceId} before its office opens on {office:MM-dd}")
            : string.Create(CultureInfo.InvariantCulture, $"{vm.InstanceId} before its owner comes on {owner:MM-dd HH}h");
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(NpgsqlDataSource database, string sql, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        return await Rows.AllAsync(command, r => r.GetString(0), ct);
    }
}
