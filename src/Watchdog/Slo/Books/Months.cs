using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>Partitions by month, the closing of months, and their end.</summary>
internal static class Months
{
    /// <summary>Makes the partitions of the months of [from, to] that are not there.</summary>
    public static async Task EnsureAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int from, int to, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select slo_make_month(m::date) from generate_series($1::date, $2::date, interval '1 month') m
            where to_regclass('slo_interval_' || to_char(m, 'YYYY_MM')) is null
            """, DateOf(from), DateOf(to));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Closes the months whose horizon has passed and whose days are all written, and drops those that are kept no longer.</summary>
    public static async Task CloseAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, SloOptions options, DateTimeOffset now, CancellationToken ct)
    {
        var open = Minute.MonthOf(Minute.Of(now.AddDays(-options.CloseAfterDays)));
        await using var close = Statement.On(connection, transaction,
            """
            insert into slo_month (month, closed_at)
            select m::date, $2
            from (select date '1970-01-01' + min(from_min) / 1440 as first_day, date '1970-01-01' + min(day) as last_day from slo_scope) s,
              generate_series(date_trunc('month', s.first_day::timestamp), $1::timestamp - interval '1 month', interval '1 month') m
            where (m + interval '1 month')::date <= s.last_day
            on conflict (month) do nothing
            """,
            DateOf(open), now);
        await close.ExecuteNonQueryAsync(ct);
        await using var drop = Statement.On(connection, transaction, "select slo_drop_before($1)", DateOf(FirstKept(options, now)));
        await drop.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The first minute of the oldest month that is kept.</summary>
    public static int FirstKept(SloOptions options, DateTimeOffset now)
    {
        var month = Minute.At(Minute.MonthOf(Minute.Of(now)));
        return Minute.Of(month.AddMonths(-options.KeepMonths));
    }

    /// <summary>First minutes of the months that are closed.</summary>
    public static async Task<HashSet<int>> ClosedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "select month - date '1970-01-01' from slo_month");
        return [.. await Ledger.Rows.AllAsync(command, static r => r.GetInt32(0) * Minute.Day, ct)];
    }

    private static DateOnly DateOf(int minute) => DateOnly.FromDateTime(Minute.At(Minute.MonthOf(minute)).UtcDateTime);
}
