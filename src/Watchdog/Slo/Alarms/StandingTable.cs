using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Alarms;

/// <summary>Tables <c>slo_standing</c> and <c>slo_region_month</c>.</summary>
internal static class StandingTable
{
    /// <summary>The minute at which the trailing 28 days end that are stored; null where none are.</summary>
    public static async Task<int?> RollingEndAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "select max(to_min) from slo_standing where span = $1", Standing.Rolling);
        return await command.ExecuteScalarAsync(ct) as int?;
    }

    /// <summary>Writes every row of the spans, and removes those of groups and objectives that have none any more.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Standing> rows, CancellationToken ct)
    {
        await using var command = Statement.On(
            connection, transaction,
            """
            with rows as (select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) as r(slo, grp, span, from_min, to_min, good, bad, excluded, unknown)),
            gone as (
              delete from slo_standing s where s.span in (select span from rows)
                and not exists (select from rows r where r.slo = s.slo and r.grp = s.grp and r.span = s.span))
            insert into slo_standing (slo, grp, span, from_min, to_min, good, bad, excluded, unknown) select * from rows
            on conflict (slo, grp, span) do update set from_min = excluded.from_min, to_min = excluded.to_min, good = excluded.good, bad = excluded.bad,
              excluded = excluded.excluded, unknown = excluded.unknown
            """,
            Each(row => row.Slo), Each(row => row.Group), Each(row => row.Span), Each(row => row.From), Each(row => row.To),
            Each(row => row.Minutes.Good), Each(row => row.Minutes.Bad), Each(row => row.Minutes.Excluded), Each(row => row.Minutes.Unknown));
        await command.ExecuteNonQueryAsync(ct);

        T[] Each<T>(Func<Standing, T> of) => [.. rows.Select(of)];
    }

    /// <summary>Replaces the month's minutes by Region and cause.</summary>
    public static async Task WriteMonthAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<(string Region, Cause Cause, long Minutes)> rows, CancellationToken ct)
    {
        await using var delete = Statement.On(connection, transaction, "delete from slo_region_month");
        await delete.ExecuteNonQueryAsync(ct);
        await using var insert = Statement.On(
            connection, transaction, "insert into slo_region_month (region, cause, minutes) select * from unnest($1, $2, $3)",
            rows.Select(row => row.Region).ToArray(), rows.Select(row => (short)row.Cause).ToArray(), rows.Select(row => row.Minutes).ToArray());
        await insert.ExecuteNonQueryAsync(ct);
    }

    public static async Task<IReadOnlyList<Standing>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null, "select slo, grp, span, from_min, to_min, good, bad, excluded, unknown from slo_standing");
        List<Standing> rows = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetInt32(4),
                new(reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8))));
        }

        return rows;
    }
}
