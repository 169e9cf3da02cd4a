using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Slo.Books;

/// <summary>What minutes count for.</summary>
/// <param name="Id">Key in <c>slo_group</c>.</param>
/// <param name="Plan">Empty without one.</param>
internal sealed record BookGroup(int Id, short Scope, string Region, string InstanceType, string Plan);

/// <summary>Table <c>slo_group</c>: each combination of groups that a VM has been in.</summary>
internal static class GroupTable
{
    private const string Columns = "g.id, g.scope, g.region, g.instance_type, coalesce(g.plan, '')";

    private const string Same = """
        (g.scope, g.owner, g.instance_type) = (m.scope, m.owner, m.instance_type)
          and g.plan is not distinct from m.plan and g.image_id is not distinct from m.image_id
        """;

    // The memberships, and the groups of their owners: by their keys, whatever the planner holds of a join over a fleet in which each VM has an owner of its own.
    private const string Near = """
        with m as materialized (select * from vm_membership where id = any(array(select unnest($1)))),
        g as materialized (
          select * from slo_group where scope = any(array(select distinct scope from m)) and owner = any(array(select distinct owner from m)))
        """;

    /// <summary>The groups that memberships stand for; new ones get their row.</summary>
    public static async Task<Dictionary<long, BookGroup>> OfMembershipsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long[] memberships, CancellationToken ct)
    {
        // Only what is missing is inserted: an upsert would burn the identity.
        await using var insert = Statement.On(connection, transaction,
            $"""
            {Near}
            insert into slo_group (scope, region, owner, plan, instance_type, image_id)
            select distinct m.scope, s.region, m.owner, m.plan, m.instance_type, m.image_id from m join scope s on s.id = m.scope
            where not exists (select 1 from g where {Same})
            """, [memberships]);
        await insert.ExecuteNonQueryAsync(ct);
        await using var select = Statement.On(connection, transaction, $"{Near} select m.id, {Columns} from m join g on {Same}", [memberships]);
        return (await Ledger.Rows.AllAsync(select, static r => (r.GetInt64(0), Read(r, 1)), ct)).ToDictionary(row => row.Item1, row => row.Item2);
    }

    /// <summary>The groups with these keys.</summary>
    public static async Task<Dictionary<int, BookGroup>> AllAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int[] ids, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, $"select {Columns} from slo_group g where g.id = any($1)", [ids]);
        return (await Ledger.Rows.AllAsync(command, static r => Read(r, 0), ct)).ToDictionary(group => group.Id);
    }

    private static BookGroup Read(NpgsqlDataReader r, int column) => new(
        r.GetInt32(column), r.GetInt16(column + 1), r.GetString(column + 2), r.GetString(column + 3), r.GetString(column + 4));
}
