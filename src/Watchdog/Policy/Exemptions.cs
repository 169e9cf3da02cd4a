using Npgsql;

namespace Watchdog.Policy;

/// <summary>Reads the exemptions in force. An error goes to the caller, whose transaction then proposes and admits nothing.</summary>
public static class Exemptions
{
    /// <summary>For each of the VMs that is exempt at an instant, the exemption that covers it the longest.</summary>
    /// <param name="vms">The VMs with their owners; image and tags are those of table <c>vm</c>.</param>
    public static async Task<IReadOnlyDictionary<string, Exemption>> InForceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<(string InstanceId, string Owner)> vms, DateTimeOffset at,
        CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select distinct on (t.instance_id) t.instance_id, e.id, e.kind, e.subject, e.reason, e.author, e.until_at
            from unnest($1, $2) as t(instance_id, owner) left join vm v on v.instance_id = t.instance_id
            join exemption e on e.from_at <= $3 and e.until_at > $3 and e.ended_at is null
              and (e.kind = 'vm' and e.subject = t.instance_id or e.kind = 'owner' and e.subject = t.owner or e.kind = 'image' and e.subject = v.image_id
                or e.kind = 'tag' and v.tags ->> split_part(e.subject, '=', 1) = substr(e.subject, strpos(e.subject, '=') + 1)
                or e.kind = 'executable' and (select bool_and(coalesce(p.executable = e.subject, false)) from episode p where p.instance_id = t.instance_id and p.closed_at is null))
            order by t.instance_id, e.until_at desc, e.id
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = vms.Select(vm => vm.InstanceId).ToArray() }, new() { Value = vms.Select(vm => vm.Owner).ToArray() }, new() { Value = at },
            },
        };
        Dictionary<string, Exemption> found = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            found[reader.GetString(0)] = new(
                reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetFieldValue<DateTimeOffset>(6));
        }

        return found;
    }

    /// <summary>Remembers whom exemptions have kept from an act.</summary>
    public static async Task MatchAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<(long Exemption, string InstanceId)> matches, DateTimeOffset at,
        CancellationToken ct)
    {
        if (matches.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            """
            insert into exemption_match (exemption_id, instance_id, at)
            select distinct m.exemption_id, m.instance_id, $3 from unnest($1, $2) as m(exemption_id, instance_id) order by 1, 2
            on conflict do nothing
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = matches.Select(match => match.Exemption).ToArray() }, new() { Value = matches.Select(match => match.InstanceId).ToArray() },
                new() { Value = at },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
