using Npgsql;
using Watchdog.Ledger.Appeals;

namespace Watchdog.Ledger;

/// <summary>Reads cases for people: commands, pages, reports.</summary>
public sealed class CaseRepository(NpgsqlDataSource database)
{
    /// <summary>Lists cases, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not within 1 to 10,000.</exception>
    public async Task<IReadOnlyList<CaseRecord>> ListAsync(CaseFilter filter, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Limit, 10_000);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"""
            select {Rows.Case} from case_file c
            where {CaseFilter.FoldedCondition} and ($18::timestamptz is null or (c.opened_at, c.id) < ($18, $19::bigint))
            order by c.opened_at desc, c.id desc limit $17
            """,
            [.. filter.FoldedValues, filter.Limit, filter.Below?.OpenedAt, filter.Below?.Id]);
        return await Rows.AllAsync(command, Rows.ReadCase, ct);
    }

    /// <summary>The latest act of each case, by case; a case without acts is absent.</summary>
    public async Task<IReadOnlyDictionary<long, ActRecord>> LatestActsAsync(IReadOnlyList<long> cases, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"select distinct on (a.case_id) {Rows.Act} from act a where a.case_id = any($1) order by a.case_id, a.id desc", cases.ToArray());
        return (await Rows.AllAsync(command, Rows.ReadAct, ct)).ToDictionary(act => act.CaseId!.Value);
    }

    /// <summary>A case with all that belongs to it, as of one instant; null when there is no such case.</summary>
    public async Task<WholeCase?> ShowAsync(long id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var cases = await ReadAsync($"select {Rows.Case} from case_file c where c.id = $1", Rows.ReadCase);
        return cases is not [var found] ? null : new WholeCase(
            found,
            await ReadAsync($"select {Rows.Episode} from case_episode where case_id = $1 order by joined_at, episode_id", Rows.ReadEpisode),
            await ReadAsync($"select {Rows.Act} from act a where a.case_id = $1 order by a.id", Rows.ReadAct),
            await ReadAsync(
                $"select {Rows.Step} from step s join act a on a.id = s.act_id where a.case_id = $1 order by s.act_id, s.ordinal", Rows.ReadStep),
            await ReadAsync($"select {Rows.Request} from request r where r.case_id = $1 order by r.id", Rows.ReadRequest),
            await ReadAsync("select id, case_id, at, ruling, actor, reason from ruling where case_id = $1 order by id", Rows.ReadRuling),
            await ReadAsync($"select {Rows.Audit} from audit where subject = 'case:' || $1::text order by id", Rows.ReadAudit),
            await AppealTable.FindAsync(connection, transaction, id, ct));

        async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
        {
            await using var command = Statement.On(connection, transaction, sql, id);
            return await Rows.AllAsync(command, read, ct);
        }
    }
}
