using Npgsql;

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
            where ($1::boolean is null or (c.closed_at is null) = $1) and ($2::text is null or c.state = $2)
              and ($3::text is null or c.class = $3 or exists (select 1 from case_episode e where e.case_id = c.id and e.class = $3))
              and ($4::text is null or c.owner = $4) and ($5::text is null or c.instance_id = $5)
              and ($6::timestamptz is null or c.opened_at >= $6)
              and (not $8 or $5 is not null or not exists (
                select 1 from case_file l where l.id = c.lead_case and (l.closed_at is null) = (c.closed_at is null)))
            order by c.opened_at desc, c.id desc limit $7
            """,
            filter.Open, filter.State, filter.Class, filter.Owner, filter.InstanceId, filter.Since, filter.Limit, filter.Folded);
        return await Rows.AllAsync(command, Rows.ReadCase, ct);
    }

    /// <summary>Every case that has not been closed and that a rule version opened or acted on since an instant, oldest first.</summary>
    /// <param name="rule">How the rule version begins.</param>
    /// <param name="since">When the case was opened, or an act of it proposed, by these rules.</param>
    public async Task<IReadOnlyList<CaseRecord>> ByRuleAsync(
        string rule, DateTimeOffset since, string? found, string? owner, string? detector, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"""
            select {Rows.Case} from case_file c
            where c.closed_at is null
              and ((starts_with(c.rule_version, $1) and c.opened_at >= $2)
                or exists (select 1 from act a where a.case_id = c.id and a.kind <> 'release' and starts_with(a.rule_version, $1) and a.proposed_at >= $2))
              and ($3::text is null or c.class = $3) and ($4::text is null or c.owner = $4)
              and ($5::text is null or exists (select 1 from case_episode e where e.case_id = c.id and e.class = $5))
            order by c.id
            """, rule, since, found, owner, detector);
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
            await ReadAsync($"select {Rows.Audit} from audit where subject = 'case:' || $1::text order by id", Rows.ReadAudit));

        async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
        {
            await using var command = Statement.On(connection, transaction, sql, id);
            return await Rows.AllAsync(command, read, ct);
        }
    }
}
