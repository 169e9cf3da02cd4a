using Npgsql;

namespace Watchdog.Ledger.Auditing;

/// <summary>Which lines to list; null does not narrow.</summary>
/// <param name="Limit">At most so many, newest first; 1 to 10,000.</param>
public sealed record AuditFilter(string? Subject = null, string? Actor = null, DateTimeOffset? Since = null, int Limit = 200)
{
    /// <summary>Only lines that tell of this, e.g. <c>case.opened</c>.</summary>
    public string? What { get; init; }
    /// <summary>Only lines before this instant.</summary>
    public DateTimeOffset? Until { get; init; }
    /// <summary>Only lines older than this one: where a page before ended.</summary>
    public long? Before { get; init; }
}

/// <summary>Reads the trail for people: by instant and key, which indexes know together with actor, what and subject, so that no page costs more than another.</summary>
public sealed class AuditTrail(NpgsqlDataSource database)
{
    /// <summary>Lines, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not within 1 to 10,000.</exception>
    public async Task<IReadOnlyList<AuditRecord>> ListAsync(AuditFilter filter, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Limit, 10_000);
        await using var connection = await database.OpenConnectionAsync(ct);
        // Only what is asked for stands in the statement: a plan that serves every filter would use no index.
        List<string> where = ["true"];
        List<object?> values = [filter.Limit];
        Narrow("subject = {0}", filter.Subject);
        Narrow("actor = {0}", filter.Actor);
        Narrow("what = {0}", filter.What);
        Narrow("at >= {0}", filter.Since);
        Narrow("at < {0}", filter.Until);
        Narrow("(at, id) < ((select at from audit where id = {0}), {0})", filter.Before);
        await using var command = Statement.On(
            connection, null, $"select {Rows.Audit} from audit where {string.Join(" and ", where)} order by at desc, id desc limit $1", [.. values]);
        return await Rows.AllAsync(command, Rows.ReadAudit, ct);

        void Narrow(string condition, object? value)
        {
            if (value is not null)
            {
                values.Add(value);
                where.Add(condition.Replace("{0}", FormattableString.Invariant($"${values.Count}"), StringComparison.Ordinal));
            }
        }
    }
}
