using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>Writes the five-minute spans and the days that have become whole: one aggregate each over the rows that overlap them, for all scopes that stand alike.</summary>
internal static class RollUp
{
    // A worker that was away writes at most a day of buckets a transaction.
    private const int BucketsAtOnce = 288;

    /// <summary>Writes the next stretch of buckets, or the next day.</summary>
    /// <returns>Whether there was any.</returns>
    public static async Task<bool> NextAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        var books = await BookScope.AllAsync(connection, transaction, ct);
        if (books.Values.Where(book => book.Bucket + BucketSheet.Span <= book.Watermark).MinBy(book => book.Bucket) is { } behind)
        {
            BookScope[] alike = [.. books.Values.Where(book => book.Bucket == behind.Bucket && book.Watermark >= behind.Bucket + BucketSheet.Span)];
            var whole = alike.Min(book => book.Watermark) / BucketSheet.Span * BucketSheet.Span;
            await BucketsAsync(connection, transaction, alike, behind.Bucket, Math.Min(whole, behind.Bucket + BucketsAtOnce * BucketSheet.Span), ct);
            return true;
        }

        if (books.Values.Where(book => (book.Day + 1) * Minute.Day <= book.Watermark).MinBy(book => book.Day) is { } late)
        {
            BookScope[] alike = [.. books.Values.Where(book => book.Day == late.Day && (book.Day + 1) * Minute.Day <= book.Watermark)];
            await DayAsync(connection, transaction, alike, late.Day, ct);
            return true;
        }

        return false;
    }

    private static async Task BucketsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, BookScope[] books, int from, int to, CancellationToken ct)
    {
        var sheet = await SheetAsync(connection, transaction, [.. books.Select(book => book.Scope)], from, to, ct);
        await sheet.WriteAsync(connection, transaction, ct);
        foreach (var book in books)
        {
            await (book with { Bucket = to }).SaveAsync(connection, transaction, ct);
        }
    }

    /// <summary>What the intervals say of the minutes [from, to): rows that cover all of them come as one number.</summary>
    public static async Task<BucketSheet> SheetAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short[] scopes, int from, int to, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            select g.region, g.instance_type, coalesce(g.plan, ''), i.cause, i.agent, greatest(i.from_min, $2), least(i.to_min, $3), count(*)::int
            from ({Overlapping}) i join slo_group g on g.id = i.grp where g.scope = any($1) group by 1, 2, 3, 4, 5, 6, 7
            """, scopes, from, to, Oldest(from));
        BucketSheet sheet = new();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            sheet.Add(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(5), reader.GetInt32(6),
                (Cause)reader.GetInt16(3), (AgentSeen)reader.GetInt16(4), reader.GetInt32(7));
        }

        return sheet;
    }

    private static async Task DayAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, BookScope[] books, int day, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            insert into slo_daily (vm, day, grp, good, bad, excluded, unknown, reached, silent) {Daily}
            on conflict (vm, day, grp) do update set good = excluded.good, bad = excluded.bad, excluded = excluded.excluded, unknown = excluded.unknown,
              reached = excluded.reached, silent = excluded.silent
            """, books.Select(book => book.Scope).ToArray(), day * Minute.Day, (day + 1) * Minute.Day, Oldest(day * Minute.Day));
        await command.ExecuteNonQueryAsync(ct);
        foreach (var book in books)
        {
            await (book with { Day = day + 1 }).SaveAsync(connection, transaction, ct);
        }
    }

    // The open rows and those that have ended, apart: each has its index.
    private const string Overlapping = """
        select * from slo_interval where from_min >= $4 and from_min < $3 and to_min = 2147483647
        union all select * from slo_interval where from_min >= $4 and from_min < $3 and to_min > $2 and to_min < 2147483647
        """;

    /// <summary>A day of VMs: scopes, first minute, first minute after, oldest begin of a row that may overlap.</summary>
    public const string Daily = $"""
        select i.vm, $2 / 1440, i.grp, coalesce(sum(m.n) filter (where i.cause < 10), 0)::smallint,
          coalesce(sum(m.n) filter (where i.cause >= 10 and i.cause < 30), 0)::smallint, coalesce(sum(m.n) filter (where i.cause >= 30 and i.cause < 50), 0)::smallint,
          coalesce(sum(m.n) filter (where i.cause >= 50), 0)::smallint, coalesce(sum(m.n) filter (where i.agent = 1), 0)::smallint,
          coalesce(sum(m.n) filter (where i.agent = 2), 0)::smallint
        from ({Overlapping}) i join slo_group g on g.id = i.grp cross join lateral (select least(i.to_min, $3) - greatest(i.from_min, $2) as n) m
        where g.scope = any($1) group by i.vm, i.grp
        """;

    /// <summary>The oldest begin of a row that may overlap the minute: rows end with their months, the open one a month later at most.</summary>
    public static int Oldest(int minute) => Minute.MonthOf(Minute.MonthOf(minute) - 1);
}
