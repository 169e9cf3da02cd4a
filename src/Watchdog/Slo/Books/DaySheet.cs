using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>Minutes to be added to days that are written already, or taken off them.</summary>
internal sealed class DaySheet
{
    private const int Columns = 6;
    private readonly Dictionary<(int Vm, int Day, int Group), short[]> _cells = [];

    /// <summary>Adds the minutes [from, to) of a VM; taken off when <paramref name="sign"/> is -1.</summary>
    public void Add(int vm, BookRow row, int from, int to, int sign)
    {
        for (var day = from / Minute.Day; day * Minute.Day < to; day++)
        {
            if (!_cells.TryGetValue((vm, day, row.Group), out var cell))
            {
                cell = _cells[(vm, day, row.Group)] = new short[Columns];
            }

            var minutes = (short)((Math.Min(to, (day + 1) * Minute.Day) - Math.Max(from, day * Minute.Day)) * sign);
            cell[(int)Causes.ClassOf(row.Cause) - 1] += minutes;
            if (row.Agent != AgentSeen.Unknown)
            {
                cell[row.Agent == AgentSeen.Reached ? 4 : 5] += minutes;
            }
        }
    }

    /// <summary>Writes what does not come to nothing.</summary>
    /// <returns>Days of VMs written.</returns>
    public async Task<int> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        var cells = _cells.Where(cell => cell.Value.Any(minutes => minutes != 0)).ToArray();
        if (cells.Length == 0)
        {
            return 0;
        }

        object[] keys = [cells.Select(c => c.Key.Vm).ToArray(), cells.Select(c => c.Key.Day).ToArray(), cells.Select(c => c.Key.Group).ToArray()];
        await using var add = Statement.On(connection, transaction,
            """
            insert into slo_daily as d (vm, day, grp, good, bad, excluded, unknown, reached, silent)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (vm, day, grp) do update set good = d.good + excluded.good, bad = d.bad + excluded.bad, excluded = d.excluded + excluded.excluded,
              unknown = d.unknown + excluded.unknown, reached = d.reached + excluded.reached, silent = d.silent + excluded.silent
            """, [.. keys, .. Enumerable.Range(0, Columns).Select(column => cells.Select(c => c.Value[column]).ToArray())]);
        await add.ExecuteNonQueryAsync(ct);
        await using var empty = Statement.On(connection, transaction,
            """
            delete from slo_daily d using unnest($1, $2, $3) as n(vm, day, grp)
            where (d.vm, d.day, d.grp) = (n.vm, n.day, n.grp) and (d.good, d.bad, d.excluded, d.unknown) = (0, 0, 0, 0)
            """, keys);
        await empty.ExecuteNonQueryAsync(ct);
        return cells.Length;
    }
}
