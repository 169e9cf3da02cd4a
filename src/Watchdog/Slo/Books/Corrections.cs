using Npgsql;
using NpgsqlTypes;
using Watchdog.Ledger;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>What changed minutes do to buckets and days that are written already, and to months that are closed.</summary>
internal static class Corrections
{
    /// <summary>Writes them.</summary>
    /// <returns>Rows written.</returns>
    public static async Task<int> WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<(DirtyVm Vm, BookChange Change)> changes,
        IReadOnlyDictionary<short, BookScope> books, DateTimeOffset now, CancellationToken ct)
    {
        if (changes.Count == 0)
        {
            return 0;
        }

        int[] ids = [.. changes.SelectMany(c => (BookRow?[])[c.Change.Was, c.Change.Became]).OfType<BookRow>().Select(row => row.Group).Distinct()];
        var groups = await GroupTable.AllAsync(connection, transaction, ids, ct);
        BucketSheet buckets = new();
        DaySheet days = new();
        foreach (var (vm, change) in changes)
        {
            Add(vm, change, change.Was, -1);
            Add(vm, change, change.Became, 1);
        }

        var closed = await Months.ClosedAsync(connection, transaction, ct);
        return await buckets.WriteAsync(connection, transaction, ct) + await days.WriteAsync(connection, transaction, ct)
            + await AmendAsync(connection, transaction, [.. changes.SelectMany(c => Amendments(c.Vm, c.Change, closed))], now, ct);

        void Add(DirtyVm vm, BookChange change, BookRow? side, int sign)
        {
            if (side is not { } row)
            {
                return;
            }

            var group = groups[row.Group];
            var book = books[group.Scope];
            buckets.Add(group.Region, group.InstanceType, group.Plan, change.From, Math.Min(change.To, book.Bucket), row.Cause, row.Agent, sign);
            days.Add(vm.Id, row, change.From, Math.Min(change.To, book.Day * Minute.Day), sign);
        }
    }

    // Amended is what changes in a closed month, and what a ruling, or the lack of one, makes of a containment, in any month.
    private static IEnumerable<Amendment> Amendments(DirtyVm vm, BookChange change, HashSet<int> closed)
    {
        var (was, became) = (change.Was?.Cause, change.Became?.Cause);
        if (was == became)
        {
            yield break;
        }

        var ruled = was is { } old && became is { } now && IsHold(old) && IsHold(now);
        var end = Math.Min(change.To, vm.Watermark);
        for (var from = change.From; from < end; from = Minute.NextMonth(from))
        {
            var month = Minute.MonthOf(from);
            if (ruled || closed.Contains(month))
            {
                var why = vm.Why is "time" && became == Cause.WatchdogUnruled ? "nobody ruled in time" : $"{vm.Why}, told late";
                yield return new(month, vm.Id, from, Math.Min(end, Minute.NextMonth(from)), was, became, vm.Why.StartsWith("case ", StringComparison.Ordinal) ? vm.Why : why);
            }
        }
    }

    private static bool IsHold(Cause cause) => cause is Cause.WatchdogQuarantine or Cause.WatchdogUnruledYet or Cause.WatchdogUnruled
        or Cause.WatchdogFalsePositive or Cause.WatchdogBenignPositive;

    private static async Task<int> AmendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Amendment[] amendments, DateTimeOffset now, CancellationToken ct)
    {
        if (amendments.Length == 0)
        {
            return 0;
        }

        await using var command = Statement.On(connection, transaction,
            """
            insert into slo_amendment (at, month, vm, from_min, to_min, was, became, reason)
            select $1, date '1970-01-01' + a.month / 1440, a.vm, a.from_min, a.to_min, a.was, a.became, a.reason
            from unnest($2, $3, $4, $5, $6, $7, $8) as a(month, vm, from_min, to_min, reason, was, became)
            """, now, amendments.Select(a => a.Month).ToArray(), amendments.Select(a => a.Vm).ToArray(), amendments.Select(a => a.From).ToArray(),
            amendments.Select(a => a.To).ToArray(), amendments.Select(a => a.Reason).ToArray());
        command.Parameters.Add(new() { Value = amendments.Select(a => (short?)a.Was).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new() { Value = amendments.Select(a => (short?)a.Became).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        return await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record Amendment(int Month, int Vm, int From, int To, Cause? Was, Cause? Became, string Reason);
}
