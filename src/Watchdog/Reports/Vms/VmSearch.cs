using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Reports.Vms;

/// <summary>Finds VMs by how their id or their owner begins, in the order of their ids; a page continues where the one before ended.</summary>
public sealed class VmSearch(NpgsqlDataSource database)
{
    /// <summary>Reads a page.</summary>
    /// <param name="text">An instance id or an owner, as it begins; empty: all VMs.</param>
    /// <param name="after">The last id of the page before; null: the first page.</param>
    public async Task<VmList> ReadAsync(string text, string? after, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var which = text.Length == 0 ? "where ($1 = '' or true)"
            : "where v.instance_id in (select instance_id from vm where starts_with(instance_id, $1) union select instance_id from vm where starts_with(owner, $1))";
        await using var command = Statement.On(connection, null,
            $"""
            select v.instance_id, v.owner, v.plan, v.state, v.state_since, v.instance_type, v.zone, v.gone_at is not null,
              (select c.id from case_file c where c.instance_id = v.instance_id and c.closed_at is null)
            from vm v {which} and ($2::text is null or v.instance_id > $2) order by v.instance_id limit {VmList.PageSize + 1}
            """, text, after);
        var found = await Rows.AllAsync(command, r => new VmLine(
            r.GetString(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2), r.GetString(3), r.GetFieldValue<DateTimeOffset>(4), r.GetString(5),
            r.IsDBNull(6) ? null : r.GetString(6), r.GetBoolean(7), r.IsDBNull(8) ? null : r.GetInt64(8)), ct);
        return new(text, after, [.. found.Take(VmList.PageSize)], found.Count > VmList.PageSize ? found[VmList.PageSize - 1].InstanceId : null);
    }
}
