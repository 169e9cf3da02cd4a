using Npgsql;

namespace Watchdog.Ledger.Auditing;

/// <summary>Which lines to list; null does not narrow.</summary>
/// <param name="Limit">At most so many, newest first; 1 to 10,000.</param>
public sealed record AuditFilter(string? Subject = null, string? Actor = null, DateTimeOffset? Since = null, int Limit = 200)
{
    /// <summary>Only lines before this one: where a page before ended.</summary>
    public long? Before { get; init; }
}

/// <summary>Reads the trail for people.</summary>
public sealed class AuditTrail(NpgsqlDataSource database)
{
    /// <summary>Lines, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not within 1 to 10,000.</exception>
    public async Task<IReadOnlyList<AuditRecord>> ListAsync(AuditFilter filter, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Limit, 10_000);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"""
            select {Rows.Audit} from audit
            where ($1::text is null or subject = $1) and ($2::text is null or actor = $2) and ($3::timestamptz is null or at >= $3)
              and ($5::bigint is null or id < $5)
            order by id desc limit $4
            """, filter.Subject, filter.Actor, filter.Since, filter.Limit, filter.Before);
        return await Rows.AllAsync(command, Rows.ReadAudit, ct);
    }
}
