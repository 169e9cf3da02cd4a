using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>Rows of <c>slo_interval</c>, for thousands of VMs in one statement.</summary>
internal static class IntervalTable
{
    /// <summary>Each VM's rows that end at its minute or later, in order.</summary>
    public static async Task<ILookup<int, BookRow>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int[] vms, int[] from, CancellationToken ct)
    {
        // Rows end with their months; only the open one may have begun in the month before, when the watermark stands at a month's begin.
        var oldest = from.Length == 0 ? 0 : Minute.MonthOf(Minute.MonthOf(from.Min() - 1) - 1);
        // The range spares reading the key from its begin: the VMs of a run lie together.
        var (first, last) = vms.Length == 0 ? (0, 0) : (vms.Min(), vms.Max());
        await using var command = Statement.On(connection, transaction,
            """
            select i.vm, i.from_min, i.to_min, i.grp, i.cause, i.agent
            from unnest($1, $2) as v(vm, from_min) join slo_interval i on i.vm = v.vm and i.to_min >= v.from_min
            where i.from_min >= $3 and i.vm between $4 and $5 order by i.vm, i.from_min
            """, vms, from, oldest, first, last);
        return (await Ledger.Rows.AllAsync(command, static r => (Vm: r.GetInt32(0), Row: new BookRow(
            r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), (Cause)r.GetInt16(4), (AgentSeen)r.GetInt16(5))), ct)).ToLookup(row => row.Vm, row => row.Row);
    }

    /// <summary>Makes the stored rows what they should be; rows that are so already are not written.</summary>
    /// <returns>Rows written.</returns>
    public static async Task<int> WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<(int Vm, BookRow Row)> gone, IReadOnlyList<(int Vm, BookRow Row)> wanted,
        CancellationToken ct)
    {
        if (gone.Count > 0)
        {
            await using var delete = Statement.On(connection, transaction,
                "delete from slo_interval i using unnest($1, $2) as g(vm, from_min) where i.vm = g.vm and i.from_min = g.from_min and i.from_min >= $3",
                gone.Select(g => g.Vm).ToArray(), gone.Select(g => g.Row.From).ToArray(), gone.Min(g => g.Row.From));
            await delete.ExecuteNonQueryAsync(ct);
        }

        if (wanted.Count > 0)
        {
            await using var upsert = Statement.On(connection, transaction,
                """
                insert into slo_interval (vm, from_min, to_min, grp, cause, agent)
                select * from unnest($1, $2, $3, $4, $5, $6)
                on conflict (vm, from_min) do update set to_min = excluded.to_min, grp = excluded.grp, cause = excluded.cause, agent = excluded.agent
                """,
                wanted.Select(w => w.Vm).ToArray(), wanted.Select(w => w.Row.From).ToArray(), wanted.Select(w => w.Row.To).ToArray(),
                wanted.Select(w => w.Row.Group).ToArray(), wanted.Select(w => (short)w.Row.Cause).ToArray(), wanted.Select(w => (short)w.Row.Agent).ToArray());
            await upsert.ExecuteNonQueryAsync(ct);
        }

        return gone.Count + wanted.Count;
    }
}
