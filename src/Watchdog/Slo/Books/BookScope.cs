using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Slo.Books;

/// <summary>A row of <c>slo_scope</c>: how far a scope's books are written.</summary>
/// <param name="From">First minute of its books: that of its first listing.</param>
/// <param name="Watermark">First minute that nobody knows yet.</param>
/// <param name="Bucket">Five-minute spans are written before this minute.</param>
/// <param name="Day">Days are written before this one, counted from 1970-01-01.</param>
public sealed record BookScope(short Scope, int From, int Watermark, int Bucket, int Day)
{
    /// <summary>Every scope's.</summary>
    public static async Task<Dictionary<short, BookScope>> AllAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "select scope, from_min, watermark_min, bucket_min, day from slo_scope");
        var rows = await Ledger.Rows.AllAsync(command, static r => new BookScope(r.GetInt16(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)), ct);
        return rows.ToDictionary(row => row.Scope);
    }

    /// <summary>The first day that every scope has written and nobody has checked; null when there is none.</summary>
    public static async Task<int?> NextToCheckAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "select min(checked_day) from slo_scope having min(checked_day) < min(day)");
        return (int?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Writes that a day is checked.</summary>
    public static async Task CheckedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int day, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "update slo_scope set checked_day = greatest(checked_day, $1 + 1)", day);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Writes it.</summary>
    public async Task SaveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            insert into slo_scope (scope, from_min, watermark_min, bucket_min, day, checked_day) values ($1, $2, $3, $4, $5, $5)
            on conflict (scope) do update set watermark_min = excluded.watermark_min, bucket_min = excluded.bucket_min, day = excluded.day
            """, Scope, From, Watermark, Bucket, Day);
        await command.ExecuteNonQueryAsync(ct);
    }
}
