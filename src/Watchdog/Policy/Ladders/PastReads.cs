using Npgsql;

namespace Watchdog.Policy.Ladders;

/// <summary>Reads what was done to VMs before and what people ruled, in its caller's transaction.</summary>
internal static class PastReads
{
    /// <summary>The past of the VMs since an instant; a VM without any is absent.</summary>
    public static async Task<Dictionary<string, Past>> SinceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string[] instanceIds, DateTimeOffset since, CancellationToken ct)
    {
        Dictionary<string, (List<PastAct> Acts, List<PastRuling> Rulings)> found = new(StringComparer.Ordinal);
        await using (var command = Command(
            """
            select instance_id, id, case_id, kind, state, coalesce(done_at, proposed_at) from act
            where instance_id = any($1) and kind <> 'release' and purpose = 'abuse' and proposed_at >= $2 order by id
            """))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                Of(reader.GetString(0)).Acts.Add(new(
                    reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5)));
            }
        }

        await using (var command = Command(
            """
            select c.instance_id, c.id, c.class, r.ruling, r.at from case_file c
            cross join lateral (select ruling, at from ruling where case_id = c.id order by id desc limit 1) r
            where c.instance_id = any($1) and c.closed_at is not null and r.at >= $2 order by c.closed_at, c.id
            """))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                Of(reader.GetString(0)).Rulings.Add(new(
                    reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
            }
        }

        return found.ToDictionary(entry => entry.Key, entry => new Past(entry.Value.Acts, entry.Value.Rulings), StringComparer.Ordinal);

        NpgsqlCommand Command(string sql) => new(sql, connection, transaction)
        {
            Parameters = { new() { Value = instanceIds }, new() { Value = since } },
        };

        (List<PastAct> Acts, List<PastRuling> Rulings) Of(string id) => found.TryGetValue(id, out var past) ? past : found[id] = ([], []);
    }
}
