using Npgsql;
using Watchdog.Ledger.Appeals;

namespace Watchdog.Ledger;

/// <summary>Reads cases for people: commands, pages, reports.</summary>
public sealed class CaseRepository(NpgsqlDataSource database)
{
    /// <summary>The latest act of each of the cases $1.</summary>
    internal const string LatestActs = $"select distinct on (a.case_id) {Rows.Act} from act a where a.case_id = any($1) order by a.case_id, a.id desc";

    /// <summary>Lists cases, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not within 1 to 10,000.</exception>
    public async Task<IReadOnlyList<CaseRecord>> ListAsync(CaseFilter filter, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Limit, 10_000);
        List<object?> values = [filter.Limit];
        var where = filter.FoldedCondition(values);
        if (filter.Below is { } below)
        {
            values.AddRange([below.OpenedAt, below.Id]);
            where += FormattableString.Invariant($" and (c.opened_at, c.id) < (${values.Count - 1}, ${values.Count})");
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(
            connection, null, $"select {Rows.Case} from case_file c where {where} order by c.opened_at desc, c.id desc limit $1", [.. values]);
        return await Rows.AllAsync(command, Rows.ReadCase, ct);
    }

    /// <summary>The latest act of each case, by case; a case without acts is absent.</summary>
    public async Task<IReadOnlyDictionary<long, ActRecord>> LatestActsAsync(IReadOnlyList<long> cases, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null, LatestActs, cases.ToArray());
        return (await Rows.AllAsync(command, Rows.ReadAct, ct)).ToDictionary(act => act.CaseId!.Value);
    }

    /// <summary>A case with all that belongs to it, as of one instant; null when there is no such case.</summary>
    public async Task<WholeCase?> ShowAsync(long id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await using var asked = new Questions(connection, transaction);
        var found = asked.Ask($"select {Rows.Case} from case_file c where c.id = $1", Rows.ReadCase, id);
        var episodes = asked.Ask($"select {Rows.Episode} from case_episode where case_id = $1 order by joined_at, episode_id", Rows.ReadEpisode, id);
        var acts = asked.Ask($"select {Rows.Act} from act a where a.case_id = $1 order by a.id", Rows.ReadAct, id);
        var steps = asked.Ask($"select {Rows.Step} from step s join act a on a.id = s.act_id where a.case_id = $1 order by s.act_id, s.ordinal", Rows.ReadStep, id);
        var requests = asked.Ask($"select {Rows.Request} from request r where r.case_id = $1 order by r.id", Rows.ReadRequest, id);
        var rulings = asked.Ask("select id, case_id, at, ruling, actor, reason from ruling where case_id = $1 order by id", Rows.ReadRuling, id);
        var audit = asked.Ask($"select {Rows.Audit} from audit where subject = 'case:' || $1::text order by id", Rows.ReadAudit, id);
        var appeals = asked.Ask($"select {AppealTable.Columns} from appeal p where p.case_id = $1", AppealTable.Read, id);
        await asked.PutAsync(ct);
        return found is [var of] ? new WholeCase(of, episodes, acts, steps, requests, rulings, audit, appeals.SingleOrDefault()) : null;
    }
}
