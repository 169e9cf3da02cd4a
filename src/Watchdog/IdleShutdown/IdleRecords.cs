using System.Text.Json;
using Npgsql;
using Watchdog.Detectors.Facts;

namespace Watchdog.IdleShutdown;

/// <summary>Reads what inventory and the ledger know of VMs: one statement, whatever their number.</summary>
internal static class IdleRecords
{
    /// <summary>How old the last listing of status checks may be to speak of now.</summary>
    private static readonly TimeSpan StatusStands = TimeSpan.FromMinutes(5);

    /// <summary>The records of VMs by id; a VM that inventory does not know, or that is gone, is absent.</summary>
    public static async Task<IReadOnlyDictionary<string, IdleRecord>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<string> instanceIds, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select v.instance_id, v.scope, v.owner, v.plan, v.state, v.launch_time, v.autoscaling_group, v.lifecycle, v.tags, v.instance_type, v.vcpus,
              exists (select 1 from scope_coverage c where c.scope = v.scope and c.kind = 'status' and c.seen and c.to_at between $2 and $3),
              i.instance_check, i.system_check, i.ebs_check, i.impaired_since,
              (select f.id from case_file f where f.instance_id = v.instance_id and f.closed_at is null),
              exists (select 1 from episode e where e.instance_id = v.instance_id and e.closed_at is null)
                or exists (select 1 from suspect s where s.instance_id = v.instance_id and s.stage in ('triage', 'inspection')),
              h.until_at, h.reason,
              exists (select 1 from act a where a.instance_id = v.instance_id and a.purpose = 'idle' and a.kind = 'stop'
                and a.state in ('verified', 'released') and a.admitted_at < v.launch_time),
              (select max(a.occurrence_at) from act a where a.instance_id = v.instance_id and a.purpose = 'idle' and a.kind = 'release'
                and a.occurrence_at is not null and a.state not in ('withdrawn', 'refused', 'failed'))
            from vm v left join impairment i on i.instance_id = v.instance_id
            left join lateral (select until_at, reason from hold
              where instance_id = v.instance_id and ended_at is null and from_at <= $4 and until_at > $4 order by until_at desc limit 1) h on true
            where v.instance_id = any($1) and v.gone_at is null
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = instanceIds.ToArray() }, new() { Value = now - StatusStands }, new() { Value = now + StatusStands }, new() { Value = now },
            },
        };
        Dictionary<string, IdleRecord> records = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var id = reader.GetString(0);
            records[id] = new(
                id, reader.GetInt16(1), reader.GetString(2), Text(reader, 3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5), Text(reader, 6), Text(reader, 7),
                JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(8)) ?? [], reader.GetString(9), reader.GetInt16(10),
                StatusOf(reader), reader.IsDBNull(16) ? null : reader.GetInt64(16), reader.GetBoolean(17),
                reader.IsDBNull(18) ? null : new HeldUntil(reader.GetFieldValue<DateTimeOffset>(18), reader.GetString(19)), reader.GetBoolean(20),
                reader.IsDBNull(21) ? null : reader.GetFieldValue<DateTimeOffset>(21));
        }

        return records;
    }

    // A VM that was not listed as failing passes, where the listing is fresh.
    private static StatusFacts? StatusOf(NpgsqlDataReader reader) =>
        !reader.GetBoolean(11) ? null
        : reader.IsDBNull(12) ? new StatusFacts(CheckState.Ok, CheckState.Ok, CheckState.Ok, null)
        : new StatusFacts(Check(reader, 12), Check(reader, 13), Check(reader, 14), reader.IsDBNull(15) ? null : reader.GetFieldValue<DateTimeOffset>(15));

    private static CheckState Check(NpgsqlDataReader reader, int column) =>
        Enum.TryParse<CheckState>(reader.GetString(column), ignoreCase: true, out var state) ? state : CheckState.Unknown;

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
