using System.Data;
using Npgsql;
using Watchdog.Detection;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Reports.Judging;

namespace Watchdog.Reports.Queue;

/// <summary>Reads the queue, worst first: counts, then which cases the page has, then what it shows of them.</summary>
public sealed class QueueReads(NpgsqlDataSource database, Clocks clocks)
{
    private const string InPlace = $"select {Rows.Case} from unnest($1) with ordinality as k(id, place) join case_file c on c.id = k.id order by k.place";

    /// <summary>One page of it, as of one instant.</summary>
    public async Task<QueueModel> ReadAsync(QueueFilter filter, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using var first = new Questions(connection, transaction);
        var scopes = first.Ask("select id, key from scope order by key", r => (r.GetInt16(0), r.GetString(1)));
        var names = first.Ask(OfferReads.Names, r => r.GetString(0));
        var asked = filter.Cases(clocks.Fleet.GetUtcNow());
        var counts = filter.Unclear ? [] : AskCounts(first, asked);
        await first.PutAsync(ct);
        var model = ModelOf(filter, counts) with { Scopes = scopes, Names = names };
        (string, int)[] classes = [.. model.Classes.Where(one => asked.Headline is null || one.Name == asked.Headline)];
        await using var second = new Questions(connection, transaction);
        IReadOnlyList<long>[] stretches = [.. QueueOrder.Stretches(classes, (filter.Page - 1) * QueueModel.PageSize, QueueModel.PageSize).Select(part => QueueOrder.Ask(second, asked, part))];
        if (stretches.Length == 0)
        {
            return model;
        }

        await second.PutAsync(ct);
        return model with { Rows = await RowsAsync(connection, transaction, [.. stretches.SelectMany(ids => ids)], ct) };
    }

    /// <summary>The worst cases that match, at most the filter's limit.</summary>
    /// <param name="after">Only those behind this place; null: from the first.</param>
    public async Task<IReadOnlyList<CaseRecord>> WorstAsync(CaseFilter filter, QueuePlace? after, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using var first = new Questions(connection, transaction);
        var counts = AskCounts(first, filter);
        await first.PutAsync(ct);
        (string Name, int)[] classes = [.. ClassesOf(counts.Where(one => filter.State is null || one.State == filter.State)).Where(one => filter.Headline is null || one.Name == filter.Headline)];
        await using var second = new Questions(connection, transaction);
        List<IReadOnlyList<long>> stretches = [];
        if (after is not null && classes.Any(one => one.Name == after.Class))
        {
            stretches.Add(QueueOrder.Ask(second, filter, after));
        }

        stretches.AddRange(QueueOrder.Stretches(classes.Where(one => after is null || QueueOrder.IsBehind(one.Name, after.Class)), 0, filter.Limit)
            .Select(part => QueueOrder.Ask(second, filter, part)));
        if (stretches.Count == 0)
        {
            return [];
        }

        await second.PutAsync(ct);
        await using var third = new Questions(connection, transaction);
        var cases = third.Ask(InPlace, Rows.ReadCase, stretches.SelectMany(ids => ids).Take(filter.Limit).ToArray());
        await third.PutAsync(ct);
        return cases;
    }

    // Of every class and state, whatever was chosen of them: the lists to choose from tell how many there would be.
    private static IReadOnlyList<(string Class, string State, int Count)> AskCounts(Questions questions, CaseFilter asked)
    {
        List<object?> values = [];
        return questions.Ask(
            $"select c.class, c.state, count(*)::int from case_file c where {(asked with { Headline = null, State = null }).FoldedCondition(values)} group by 1, 2",
            r => (r.GetString(0), r.GetString(1), r.GetInt32(2)), [.. values]);
    }

    private static QueueModel ModelOf(QueueFilter filter, IReadOnlyList<(string Class, string State, int Count)> counts)
    {
        var (ofState, ofClass) = (counts.Where(one => filter.State is null || one.State == filter.State), counts.Where(one => filter.Class is null || one.Class == filter.Class));
        return new(
            filter, [], ofState.Where(one => filter.Class is null || one.Class == filter.Class).Sum(one => one.Count),
            [.. ClassesOf(ofState)],
            [.. ofClass.GroupBy(one => one.State).OrderBy(of => of.Key, StringComparer.Ordinal).Select(of => (of.Key, of.Sum(one => one.Count)))], []);
    }

    private static IEnumerable<(string Name, int Count)> ClassesOf(IEnumerable<(string Class, string State, int Count)> counts) => counts
        .GroupBy(one => one.Class).OrderBy(of => QueueOrder.RankOf(of.Key)).ThenBy(of => of.Key, StringComparer.Ordinal).Select(of => (of.Key, of.Sum(one => one.Count)));

    // Of the evidence the newest one's points alone: the whole of it is kilobytes a case.
    private static async Task<IReadOnlyList<QueueRow>> RowsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long[] ids, CancellationToken ct)
    {
        await using var asked = new Questions(connection, transaction);
        var cases = asked.Ask(InPlace, Rows.ReadCase, ids);
        var acts = asked.Ask(CaseRepository.LatestActs, Rows.ReadAct, ids);
        var rulings = asked.Ask("select distinct on (case_id) case_id, ruling from ruling where case_id = any($1) order by case_id, id desc", r => (Id: r.GetInt64(0), Ruling: r.GetString(1)), ids);
        var cpu = asked.Ask(
            """
            select c.id, (select v.facts -> 'cpu' from case_episode e join evidence v on v.episode_id = e.episode_id where e.case_id = c.id and v.facts is not null
              order by v.id desc limit 1)
            from unnest($1) as c(id)
            """, r => (Id: r.GetInt64(0), Points: r.IsDBNull(1) ? null : FrozenJson.Read<Points>(r.GetString(1))), ids);
        await asked.PutAsync(ct);
        var (act, ruling, points) = (acts.ToDictionary(one => one.CaseId!.Value), rulings.ToDictionary(one => one.Id, one => one.Ruling), cpu.ToDictionary(one => one.Id, one => one.Points));
        return [.. cases.Select(of => new QueueRow(of, act.GetValueOrDefault(of.Id), ruling.GetValueOrDefault(of.Id), points[of.Id]?.Values ?? []))];
    }
}
