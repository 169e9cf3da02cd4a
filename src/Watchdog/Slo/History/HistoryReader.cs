using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Slo.History;

/// <summary>
/// Reads histories, thousands of VMs at a time in six queries: of each fact what lies in the window and the last word before it. States reach
/// back to the change that began what the VM was in, and to the beginning of any hold that is still in force.
/// </summary>
public static class HistoryReader
{
    // A boot or a stop is two states; more of one kind in a row are nonsense that EC2 does not tell.
    private const int StatesBefore = 16;

    /// <summary>Reads the histories of the VMs that have one, from the instants on.</summary>
    /// <param name="since">For each VM, the begin of its window.</param>
    public static async Task<IReadOnlyDictionary<string, VmHistory>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string[] instanceIds, DateTimeOffset[] since, CancellationToken ct)
    {
        var holds = await HoldsAsync(connection, transaction, instanceIds, ct);
        DateTimeOffset[] back = [.. instanceIds.Zip(since, (id, from) => holds[id].Where(h => h.Until is not { } until || until >= from).Select(h => h.From).Append(from).Min())];
        var states = await ListAsync(connection, transaction, States, instanceIds, back, ReadState, ct);
        var checks = await ListAsync(connection, transaction, Health("vm.status"), instanceIds, since, ReadCheck, ct);
        var agents = await ListAsync(connection, transaction, Health("vm.agent"), instanceIds, since, ReadAgent, ct);
        var memberships = await ListAsync(connection, transaction, Memberships, instanceIds, since, ReadMembership, ct);
        return instanceIds.Where(id => states.Contains(id)).ToDictionary(
            id => id, id => new VmHistory(id, [.. states[id]], [.. checks[id]], [.. agents[id]], [.. holds[id]], [.. memberships[id]]), StringComparer.Ordinal);
    }

    private static readonly string States = $"""
        select v.instance_id, t.id, t.scope, t.at, t.observed_at, t.to_state, t.reason
        from unnest($1, $2) as v(instance_id, since) cross join lateral (
          select * from vm_transition x where x.instance_id = v.instance_id and x.at >= v.since
          union (select * from vm_transition x where x.instance_id = v.instance_id and x.at < v.since order by x.at desc, x.id desc limit {StatesBefore})
          union (select * from vm_transition x where x.instance_id = v.instance_id and x.to_state = 'running' order by x.at limit 1)) t
        order by t.id
        """;

    private const string Memberships = """
        select v.instance_id, m.id, m.scope, m.at, m.owner, m.plan, m.instance_type, m.image_id, m.lifecycle
        from unnest($1, $2) as v(instance_id, since) cross join lateral (
          select * from vm_membership x where x.instance_id = v.instance_id and x.at >= v.since
          union all (select * from vm_membership x where x.instance_id = v.instance_id and x.at < v.since order by x.at desc, x.id desc limit 1)) m
        order by m.id
        """;

    // The reading before the last one tells whether the last one is its boot's first.
    private static string Health(string kind) => $"""
        select v.instance_id, e.id, e.at, e.data::text
        from unnest($1, $2) as v(instance_id, since) cross join lateral (
          select * from event x where x.subject = v.instance_id and x.kind = '{kind}' and x.at >= v.since
          union all (select * from event x where x.subject = v.instance_id and x.kind = '{kind}' and x.at < v.since order by x.at desc, x.id desc limit 2)) e
        order by e.id
        """;

    private static async Task<ILookup<string, HoldFact>> HoldsAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string[] instanceIds, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            select a.instance_id, a.id, a.case_id, a.kind, h.from_at, case when a.state = 'released' then a.done_at end, r.ruling, r.at
            from act a cross join lateral (select {HoldSql.From} as from_at) h
            left join lateral (select ruling, at from ruling where case_id = a.case_id order by id desc limit 1) r on true
            where a.instance_id = any($1) and {HoldSql.Kinds} and h.from_at is not null order by a.id
            """, [instanceIds]);
        var rows = await Rows.AllAsync(command, static r => (Id: r.GetString(0), Fact: new HoldFact(
            r.GetInt64(1), r.IsDBNull(2) ? null : r.GetInt64(2),
            r.GetString(3) != ActKinds.Stop ? HoldKind.Isolation : r.IsDBNull(2) ? HoldKind.IdleStop : HoldKind.Stop,
            At(r, 4), Maybe(r, 5), Text(r, 6), Maybe(r, 7))), ct);
        return rows.ToLookup(row => row.Id, row => row.Fact, StringComparer.Ordinal);
    }

    private static async Task<ILookup<string, T>> ListAsync<T>(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, string[] instanceIds, DateTimeOffset[] since, Func<NpgsqlDataReader, T> read,
        CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, sql, instanceIds, since);
        return (await Rows.AllAsync(command, r => (Id: r.GetString(0), Fact: read(r)), ct)).ToLookup(row => row.Id, row => row.Fact, StringComparer.Ordinal);
    }

    private static StateFact ReadState(NpgsqlDataReader r) => new(r.GetInt64(1), r.GetInt16(2), At(r, 3), At(r, 4), r.GetString(5), Text(r, 6));

    private static CheckFact ReadCheck(NpgsqlDataReader r) => HealthJson.Check(r.GetInt64(1), At(r, 2), r.GetString(3));

    private static AgentFact ReadAgent(NpgsqlDataReader r) => HealthJson.Agent(r.GetInt64(1), At(r, 2), r.GetString(3));

    private static MembershipFact ReadMembership(NpgsqlDataReader r) => new(
        r.GetInt64(1), r.GetInt16(2), At(r, 3), r.GetString(4), Text(r, 5), r.GetString(6), Text(r, 7), Text(r, 8));

    private static DateTimeOffset At(NpgsqlDataReader r, int column) => r.GetFieldValue<DateTimeOffset>(column);

    private static DateTimeOffset? Maybe(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : At(r, column);

    private static string? Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
}
