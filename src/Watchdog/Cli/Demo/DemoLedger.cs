using Npgsql;

namespace Watchdog.Cli.Demo;

/// <summary>What the demo reads from the ledger, for its screen and its report.</summary>
internal static class DemoLedger
{
    /// <summary>Outcomes by VM: first opening of an episode by class, first act that touched it, when every change of one was in force.</summary>
    public static async Task<IReadOnlyDictionary<string, Outcome>> OutcomesAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        Dictionary<string, Dictionary<string, DateTimeOffset>> opened = new(StringComparer.Ordinal);
        await using (var command = database.CreateCommand("select instance_id, class, min(opened_at) from episode group by 1, 2"))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var classes = opened.TryGetValue(reader.GetString(0), out var known) ? known : opened[reader.GetString(0)] = new(StringComparer.Ordinal);
                classes[reader.GetString(1)] = reader.GetFieldValue<DateTimeOffset>(2);
            }
        }

        Dictionary<string, (DateTimeOffset At, DateTimeOffset? Contained)> acted = new(StringComparer.Ordinal);
        await using (var command = database.CreateCommand(
            """
            select a.instance_id, min(a.admitted_at), min(e.at)
            from act a left join event e on e.kind = 'case.contained' and e.subject = 'case:' || a.case_id
            where a.kind <> 'release' and a.purpose = 'abuse' and a.admitted_at is not null group by 1
            """))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                acted[reader.GetString(0)] = (reader.GetFieldValue<DateTimeOffset>(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2));
            }
        }

        HashSet<string> proposed = new(StringComparer.Ordinal);
        await using (var command = database.CreateCommand("select instance_id from act where purpose = 'abuse' and state = 'proposed'"))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                proposed.Add(reader.GetString(0));
            }
        }

        return opened.Keys.Union(acted.Keys).ToDictionary(id => id, id => new Outcome(
            id, opened.GetValueOrDefault(id) ?? [], acted.TryGetValue(id, out var act) ? act.At : null, acted.TryGetValue(id, out act) ? act.Contained : null, proposed.Contains(id)));
    }

    /// <summary>VMs that were stopped because nobody used them, and when first.</summary>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> StoppedIdleAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select a.instance_id, min(s.started_at) from act a join step s on s.act_id = a.id
            where a.purpose = 'idle' and a.kind = 'stop' and s.kind = 'idle-stop' and s.state = 'done' group by 1
            """);
        Dictionary<string, DateTimeOffset> stopped = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            stopped[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return stopped;
    }

    /// <summary>Warnings of idle stops, those of them that were called off, and stops of VMs whose owner was not warned.</summary>
    public static async Task<(int Warned, int CalledOff, IReadOnlyList<string> Unwarned)> WarningsAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select (select count(*)::int from idle_warning), (select count(*)::int from idle_warning where ended = 'cancelled'),
              coalesce((select array_agg(a.instance_id order by a.id) from act a join step s on s.act_id = a.id and s.kind = 'idle-stop' and s.started_at is not null
                where a.purpose = 'idle' and a.kind = 'stop'
                  and not exists (select 1 from idle_warning w where w.act_id = a.id and w.ready_at <= s.started_at and w.deadline <= s.started_at)), '{}')
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt32(0), reader.GetInt32(1), reader.GetFieldValue<string[]>(2));
    }

    /// <summary>Of the running VMs that each shard saw in its last run, how many it judged; and acts that failed.</summary>
    public static async Task<(long Seen, long Judged, long FailedActs)> HealthAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select coalesce(sum(seen), 0), coalesce(sum(judged), 0), (select count(*) from act where state = 'failed')
            from (select distinct on (shard) seen, judged from shard_run order by shard, at desc) latest
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    /// <summary>The last cases and what was done about each, newest first.</summary>
    public static async Task<IReadOnlyList<(DateTimeOffset At, string InstanceId, string Class, string Done, string Reason)>> LatestAsync(
        NpgsqlDataSource database, int count, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select c.opened_at, c.instance_id, c.class, coalesce(a.kind || ' ' || a.state, 'no act'), c.reason
            from case_file c left join lateral (select kind, state from act where act.case_id = c.id order by id desc limit 1) a on true
            order by c.id desc limit $1
            """);
        command.Parameters.Add(new() { Value = count });
        List<(DateTimeOffset, string, string, string, string)> latest = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            latest.Add((reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)));
        }

        return latest;
    }
}
