using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy.Guards;

namespace Watchdog.Policy;

/// <summary>Reads what admission decides on, in its transaction.</summary>
internal static class AdmissionReads
{
    /// <summary>The waiting acts as admission weighs them.</summary>
    public static async Task<IReadOnlyList<Candidate>> CandidatesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<WaitingAct> waiting, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select a.id, e.class, v.plan from act a
            left join case_episode e on e.case_id = a.case_id and e.episode_id = a.episode_id left join vm v on v.instance_id = a.instance_id
            where a.id = any($1)
            """, connection, transaction)
        {
            Parameters = { new() { Value = waiting.Select(w => w.Act.Id).ToArray() } },
        };
        Dictionary<long, (string? Class, string? Plan)> about = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            about[reader.GetInt64(0)] = (await reader.IsDBNullAsync(1, ct) ? null : reader.GetString(1), await reader.IsDBNullAsync(2, ct) ? null : reader.GetString(2));
        }

        return [.. waiting.Select(w => new Candidate(
            w.Act.Id, w.Act.InstanceId, w.Case.Owner, w.Act.Scope, w.Act.Kind, about[w.Act.Id].Class ?? w.Case.Class, about[w.Act.Id].Plan, w.Act.Severity,
            w.Case.Score, w.Act.ProposedAt, w.Act.NeedsPerson, w.Act.ApprovedBy is not null))];
    }

    /// <summary>What holds for all of them.</summary>
    public static async Task<AdmissionFacts> FactsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<WaitingAct> waiting, AdmissionGuards guards, DateTimeOffset now,
        CancellationToken ct)
    {
        var counts = await ReadAsync(
            """
            select count(*) filter (where admitted_at > $1)::int, count(*) filter (where admitted_at > $2)::int, count(*)::int
            from act where admitted_at > $3 and kind <> 'release' and purpose = 'abuse'
            """, r => (Five: r.GetInt32(0), Hour: r.GetInt32(1), Day: r.GetInt32(2)), now.AddMinutes(-5), now.AddHours(-1), now.AddDays(-1));
        var owners = await ReadAsync(
            """
            select c.owner, count(*)::int from act a join case_file c on c.id = a.case_id
            where a.admitted_at > $1 and a.kind <> 'release' group by c.owner
            """, r => (Owner: r.GetString(0), Count: r.GetInt32(1)), now.AddHours(-1));
        var fleet = await ReadAsync("select count(*) from vm where gone_at is null", r => r.GetInt64(0));
        var since = await ReadAsync("select scope, min(from_at) from scope_coverage where seen group by scope",
            r => (Scope: r.GetInt16(0), At: r.GetFieldValue<DateTimeOffset>(1)));
        var exemptions = await Exemptions.InForceAsync(connection, transaction, [.. waiting.Select(w => (w.Act.InstanceId, w.Case.Owner))], now, ct);
        return new AdmissionFacts(
            guards.Brake.IsOn ? guards.Brake.Reason : null, guards.Demoted, guards.Shards.Fresh, guards.Shards.JudgedShare, counts[0].Five, counts[0].Hour, counts[0].Day,
            owners.ToDictionary(o => o.Owner, o => o.Count), fleet[0], since.ToDictionary(s => s.Scope, s => s.At), exemptions);

        async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            foreach (var value in values)
            {
                command.Parameters.Add(new() { Value = value });
            }

            List<T> rows = [];
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }
}
