using System.Globalization;
using Npgsql;
using Watchdog.Cli.Demo;
using Watchdog.FleetSim.Fleet;
using Watchdog.Ledger;

namespace Watchdog.Bench.Week.Play;

/// <summary>What the ledger says of the week's stops.</summary>
/// <param name="Made">Stops that were made: the VM, for which time of its office's or none, and before which start.</param>
/// <param name="Started">Starts that were made: the VM, and for which time of its office's.</param>
/// <param name="WithoutReason">Acts without a reason, or without the note that tells it.</param>
/// <param name="Unwarned">Stops made before their warning's time had passed, or without a warning.</param>
/// <param name="WarnedTwice">Stops with more than one warning, and warnings with more than one event.</param>
/// <param name="Warnings">Warnings given, by VM.</param>
/// <param name="Unfinished">Acts that neither ended nor wait, and those that are half done: begun and stuck, ended with a step that is not, or not what their VM shows.</param>
/// <param name="Twice">VMs with two stops in one rest.</param>
internal sealed record WeekActs(
    IReadOnlyList<string> Made, IReadOnlyList<string> Started, IReadOnlyList<string> WithoutReason, IReadOnlyList<string> Unwarned, IReadOnlyList<string> WarnedTwice, IReadOnlyDictionary<string, int> Warnings,
    IReadOnlyList<string> Unfinished, IReadOnlyList<string> Twice)
{
    // An act that began so long ago has ended.
    private static readonly TimeSpan Ends = TimeSpan.FromMinutes(30);

    private const string HalfDone =
        """
        select a.instance_id || ' ' || a.kind || ' ' || a.state || ' ' || coalesce(a.detail, '') from act a
        where (a.kind = 'stop' and a.state in ('failed', 'refused'))
          or (a.state in ('admitted', 'planned', 'executing') and a.admitted_at < $1)
          or (a.state in ('verified', 'released') and exists (select 1 from step s where s.act_id = a.id and s.state not in ('done', 'skipped')))
        union all
        select v.instance_id || ' is ' || v.state || case when v.tags ? 'watchdog:stopped' then ' with' else ' without' end || ' the tag of a stop, and that is '
          || case when a.id is null then 'not there' else 'verified' end
        from vm v left join act a on a.instance_id = v.instance_id and a.kind = 'stop' and a.purpose = 'idle' and a.state = 'verified' and a.done_at < $1
        where (v.tags ? 'watchdog:stopped') <> (a.id is not null)
          and not exists (select 1 from act y where y.instance_id = v.instance_id and y.purpose = 'idle' and (y.state in ('admitted', 'planned', 'executing') or y.done_at >= $1))
        """;

    /// <param name="end">Of what was played.</param>
    public static async Task<WeekActs> ReadAsync(NpgsqlDataSource database, IReadOnlyList<SimulatedVm> fleet, DateTimeOffset end, CancellationToken ct)
    {
        var byId = fleet.ToDictionary(vm => vm.InstanceId, StringComparer.Ordinal);
        await using var command = database.CreateCommand(
            """
            select a.instance_id, coalesce(s.called_at, s.started_at), a.occurrence_at from act a join step s on s.act_id = a.id
            where a.purpose = 'idle' and a.kind = 'stop' and s.kind = 'idle-stop' and s.state = 'done' order by 1, 2
            """);
        var stops = await Rows.AllAsync(command, r =>
            (Off: Named(byId[r.GetString(0)], r.GetFieldValue<DateTimeOffset>(1)), For: r.IsDBNull(2) ? "idleness" : $"{r.GetFieldValue<DateTimeOffset>(2):MM-dd HH:mm}Z"), ct);
        await using var starts = database.CreateCommand(
            """
            select instance_id || ' for ' || to_char(occurrence_at at time zone 'UTC', 'MM-DD HH24:MI') from act
            where purpose = 'idle' and kind = 'release' and state = 'verified' and occurrence_at is not null
            """);
        await using var warnings = database.CreateCommand("select instance_id, count(*)::int from idle_warning group by 1");
        return new(
            [.. stops.Select(stop => $"{stop.Off}, for {stop.For}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. (await Rows.AllAsync(starts, r => r.GetString(0), ct)).Order(StringComparer.Ordinal)],
            await TextsAsync(database,
                """
                select a.instance_id from act a
                left join (select distinct (data ->> 'act')::bigint as id from audit where coalesce(data ->> 'reason', '') <> '') told on told.id = a.id
                where a.reason = '' or told.id is null
                """, ct),
            (await DemoLedger.WarningsAsync(database, ct)).Unwarned,
            await TextsAsync(database,
                """
                select min(instance_id) from idle_warning group by act_id having count(*) > 1
                union all select min(subject) from event where kind = 'idle.warned' group by data ->> 'warning' having count(*) > 1
                """, ct),
            new Dictionary<string, int>(await Rows.AllAsync(warnings, r => KeyValuePair.Create(r.GetString(0), r.GetInt32(1)), ct)),
            await TextsAsync(database, HalfDone, ct, end - Ends),
            [.. stops.GroupBy(stop => stop.Off, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key)]);
    }

    // A stop belongs to the rest that its owner's next coming ends, or its office's next opening.
    private static string Named(SimulatedVm vm, DateTimeOffset at)
    {
        var owner = vm.Behaviour.OwnerActions(vm).First(action => action.At > at).At;
        return WeekOffice.StartsOf(vm, at, owner).Select(opens => (DateTimeOffset?)opens).FirstOrDefault() is { } office
            ? string.Create(CultureInfo.InvariantCulture, $"{vm.InstanceId} before its office opens on {office:MM-dd}")
            : string.Create(CultureInfo.InvariantCulture, $"{vm.InstanceId} before its owner comes on {owner:MM-dd HH}h");
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(NpgsqlDataSource database, string sql, CancellationToken ct, params DateTimeOffset[] values)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(Array.ConvertAll(values, value => new NpgsqlParameter { Value = value }));
        return await Rows.AllAsync(command, r => r.GetString(0), ct);
    }
}
