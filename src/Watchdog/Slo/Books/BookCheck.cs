using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>What a check of a day found broken.</summary>
/// <param name="Overlaps">VMs with two rows for one minute; two open rows are that too.</param>
/// <param name="Gaps">VMs without a row for minutes in which they had not ended.</param>
/// <param name="Buckets">Five-minute buckets that were not what the intervals say.</param>
/// <param name="Days">Days of VMs that were not.</param>
/// <param name="Vms">Some of the VMs with overlaps or gaps, at most <see cref="MostNamed"/>.</param>
internal sealed record BookBreach(int Day, int Overlaps, int Gaps, int Buckets, int Days, IReadOnlyList<string> Vms)
{
    public const int MostNamed = 20;

    public bool Any => Overlaps + Gaps + Buckets + Days > 0;
}

/// <summary>
/// Checks that the books of a day hold together, and mends what does not: rows are judged anew, sums are made what the rows say. One writer and the
/// splicing keep all of it by themselves; this is for what neither of them foresaw.
/// </summary>
internal static class BookCheck
{
    private const string Why = "the check of the books";

    /// <summary>Checks a day that is written, in all scopes.</summary>
    public static async Task<BookBreach> RunAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int day, DateTimeOffset now, CancellationToken ct)
    {
        var (from, to) = (day * Minute.Day, (day + 1) * Minute.Day);
        short[] scopes = [.. (await BookScope.AllAsync(connection, transaction, ct)).Keys];
        var (overlaps, gaps) = await RowsAsync(connection, transaction, from, to, ct);
        var sheet = await RollUp.SheetAsync(connection, transaction, scopes, from, to, ct);
        await sheet.TakeStoredAsync(connection, transaction, from, to, ct);
        var breach = new BookBreach(
            day, overlaps.Count, gaps.Count, await sheet.WriteAsync(connection, transaction, ct), await DaysAsync(connection, transaction, scopes, day, ct), Named(overlaps, gaps));
        await EventLog.AppendAsync(connection, transaction, now, breach.Any ? "slo.broken" : "slo.whole", "slo", LedgerJson.Write(breach), ct);
        return breach;
    }

    /// <summary>Checks the rows alone of a day that is not written yet.</summary>
    public static async Task<BookBreach> OpenDayAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int day, CancellationToken ct)
    {
        var (overlaps, gaps) = await RowsAsync(connection, transaction, day * Minute.Day, (day + 1) * Minute.Day, ct);
        return new(day, overlaps.Count, gaps.Count, 0, 0, Named(overlaps, gaps));
    }

    private static IReadOnlyList<string> Named(IReadOnlyList<string> overlaps, IReadOnlyList<string> gaps) =>
        [.. overlaps.Concat(gaps).Distinct().Order(StringComparer.Ordinal).Take(BookBreach.MostNamed)];

    private static async Task<(IReadOnlyList<string> Overlaps, IReadOnlyList<string> Gaps)> RowsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int from, int to, CancellationToken ct)
    {
        var overlaps = await MarkAsync(connection, transaction, "r.to_min > r.next_min", from, to, ct);
        var gaps = await MarkAsync(connection, transaction,
            """
            r.to_min < r.next_min and not exists (select 1 from slo_vm e join vm_transition t on t.instance_id = e.instance_id where e.id = r.vm
              and t.to_state in ('shutting-down', 'terminated', 'gone') and floor(extract(epoch from t.at) / 60) <= r.to_min
              and t.at > to_timestamp((r.to_min - 1) * 60::double precision))
            """, from, to, ct);
        return (overlaps, gaps);
    }

    private static async Task<IReadOnlyList<string>> MarkAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string broken, int from, int to, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            update slo_vm v set dirty_min = least(v.dirty_min, b.from_min), dirty_why = coalesce(v.dirty_why, '{Why}')
            from (
              select r.vm, min(r.from_min) as from_min
              from (select i.vm, i.from_min, i.to_min, lead(i.from_min) over (partition by i.vm order by i.from_min) as next_min
                    from slo_interval i where i.to_min > $1 and i.from_min < $2 and i.from_min >= $3) r
              where {broken} group by r.vm) b
            where v.id = b.vm returning v.instance_id
            """, from, to, RollUp.Oldest(from));
        return await Ledger.Rows.AllAsync(command, static r => r.GetString(0), ct);
    }

    private static async Task<int> DaysAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short[] scopes, int day, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            with said(vm, day, grp, good, bad, excluded, unknown, reached, silent) as ({RollUp.Daily}),
            wrong as (select coalesce(s.vm, d.vm) as vm, coalesce(s.grp, d.grp) as grp from said s
              full join (select * from slo_daily where day = $5) d on (d.vm, d.grp) = (s.vm, s.grp)
              where (s.good, s.bad, s.excluded, s.unknown, s.reached, s.silent) is distinct from (d.good, d.bad, d.excluded, d.unknown, d.reached, d.silent)),
            gone as (delete from slo_daily d using wrong w where (d.vm, d.day, d.grp) = (w.vm, $5, w.grp)
              and not exists (select 1 from said s where (s.vm, s.grp) = (w.vm, w.grp))),
            right_now as (insert into slo_daily (vm, day, grp, good, bad, excluded, unknown, reached, silent)
              select s.* from said s join wrong w on (w.vm, w.grp) = (s.vm, s.grp)
              on conflict (vm, day, grp) do update set good = excluded.good, bad = excluded.bad, excluded = excluded.excluded, unknown = excluded.unknown,
                reached = excluded.reached, silent = excluded.silent)
            select count(*)::int from wrong
            """, scopes, day * Minute.Day, (day + 1) * Minute.Day, RollUp.Oldest(day * Minute.Day), day);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}
