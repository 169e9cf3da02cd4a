using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.Classing;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>
/// Moves the watermarks on. Most VMs change nothing: their open rows hold for the new minutes too, unwritten. Those that time changes, and all of a
/// scope that went blind or sees again, are marked; a month's end cuts every open row.
/// </summary>
internal static class Advance
{
    /// <summary>Runs once.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, MinuteRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var books = await BookScope.AllAsync(connection, transaction, ct);
        var since = books.Count == 0 ? DateTimeOffset.UnixEpoch : Minute.At(books.Values.Min(book => book.Watermark)) - rules.BlindAfter;
        foreach (var (scope, sight) in await SightReader.ReadAsync(connection, transaction, since, ct))
        {
            var book = books.TryGetValue(scope, out var known) ? known : await BeginAsync(connection, transaction, scope, ct);
            var watermark = Math.Max(book.Watermark, Sights.Watermark(sight, rules.BlindAfter, now));
            await Months.EnsureAsync(connection, transaction, book.Watermark, Minute.NextMonth(watermark), ct);
            if (Sights.Turn(sight, rules.BlindAfter, now, book.Watermark, watermark) is { } turn)
            {
                await MarkAllAsync(connection, transaction, scope, turn, ct);
            }

            for (var month = Minute.NextMonth(book.Watermark - 1); month < watermark; month = Minute.NextMonth(month))
            {
                await CutAsync(connection, transaction, scope, month, ct);
            }

            await (book with { Watermark = watermark }).SaveAsync(connection, transaction, ct);
        }

        await MarkDueAsync(connection, transaction, ct);
    }

    // A scope's books begin with its first listing: what was before it, nobody watched.
    private static async Task<BookScope> BeginAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "select min(from_at) from scope_coverage where scope = $1", scope);
        var from = Minute.Of((DateTimeOffset)(DateTime)(await command.ExecuteScalarAsync(ct))!);
        return new(scope, from, from, from / 5 * 5, from / Minute.Day);
    }

    private static async Task MarkAllAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, int from, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            update slo_vm v set dirty_min = least(v.dirty_min, $2), dirty_why = coalesce(v.dirty_why, 'its scope was not seen, or was seen again')
            from slo_interval i join slo_group g on g.id = i.grp
            where g.scope = $1 and i.to_min = 2147483647 and v.id = i.vm and (v.dirty_min is null or v.dirty_min > $2)
            """, scope, from);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task MarkDueAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            update slo_vm v set dirty_min = least(v.dirty_min, v.due_min), due_min = null, dirty_why = coalesce(v.dirty_why, 'time')
            from slo_scope s where s.scope = v.scope and v.due_min < s.watermark_min
            """);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task CutAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, int month, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            with ended as (
              update slo_interval i set to_min = $2 from slo_group g
              where g.id = i.grp and g.scope = $1 and i.to_min = 2147483647 and i.from_min >= $3 and i.from_min < $2
              returning i.vm, i.grp, i.cause, i.agent)
            insert into slo_interval (vm, from_min, to_min, grp, cause, agent) select vm, $2, 2147483647, grp, cause, agent from ended
            """, scope, month, Minute.MonthOf(month - 1));
        await command.ExecuteNonQueryAsync(ct);
    }
}
