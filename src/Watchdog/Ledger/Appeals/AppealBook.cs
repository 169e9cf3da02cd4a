using Npgsql;

namespace Watchdog.Ledger.Appeals;

/// <summary>Reads appeals for people: commands, pages, reports.</summary>
public sealed class AppealBook(NpgsqlDataSource database)
{
    /// <summary>Those that wait for a person, the most urgent first; or all there ever were, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not within 1 to 10,000.</exception>
    public Task<IReadOnlyList<CaseAppeal>> ListAsync(bool all, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 10_000);
        return ReadAsync(all ? "order by p.id desc limit $1" : "where p.ended_at is null order by p.due_at, p.id limit $1", limit, ct);
    }

    /// <summary>The appeals of cases, by case; a case without one is absent.</summary>
    public async Task<IReadOnlyDictionary<long, CaseAppeal>> OfCasesAsync(IReadOnlyList<long> cases, CancellationToken ct) =>
        (await ReadAsync("where p.case_id = any($1)", cases.ToArray(), ct)).ToDictionary(one => one.Appeal.CaseId);

    private async Task<IReadOnlyList<CaseAppeal>> ReadAsync(string which, object value, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"""
            select {AppealTable.Columns}, c.instance_id, c.scope, c.owner, c.class, c.state, (select ruling from ruling where case_id = c.id order by id desc limit 1)
            from appeal p join case_file c on c.id = p.case_id {which}
            """, value);
        return await Rows.AllAsync(command, r => new CaseAppeal(
            AppealTable.Read(r), r.GetString(8), r.GetInt16(9), r.GetString(10), r.GetString(11), r.GetString(12), r.IsDBNull(13) ? null : r.GetString(13)), ct);
    }
}
