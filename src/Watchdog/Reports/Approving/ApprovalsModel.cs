using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Reports.Approving;

/// <summary>All that waits for a person's word.</summary>
/// <param name="Reach">By owner: how many VMs they have, and how many of those have open cases.</param>
public sealed record ApprovalsModel(Approvals Waiting, IReadOnlyDictionary<string, (int Vms, int Cases)> Reach)
{
    /// <summary>Most cases that are shown, the worst.</summary>
    public const int MostCases = 200;
}

/// <summary>Reads what stands behind the acts that wait.</summary>
public sealed class ReachReads(NpgsqlDataSource database)
{
    /// <summary>Of some owners.</summary>
    public async Task<IReadOnlyDictionary<string, (int Vms, int Cases)>> OfAsync(string[] owners, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            select o.owner, (select count(*)::int from vm v where v.owner = o.owner and v.gone_at is null),
              (select count(distinct c.instance_id)::int from case_file c where c.owner = o.owner and c.closed_at is null)
            from unnest($1) as o(owner)
            """, [owners]);
        return (await Rows.AllAsync(command, r => (Owner: r.GetString(0), Vms: r.GetInt32(1), Cases: r.GetInt32(2)), ct)).ToDictionary(row => row.Owner, row => (row.Vms, row.Cases));
    }
}
