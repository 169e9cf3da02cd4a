using Npgsql;
using Watchdog.Detection;
using Watchdog.Detectors.Findings;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Reports.Queue;

/// <summary>Reads the queue: worst first, that is by class, then by how sure the verdict is, then the oldest.</summary>
public sealed class QueueReads(NpgsqlDataSource database, CaseRepository cases, Clocks clocks)
{
    internal static readonly string[] BySeverity =
        [.. Enum.GetValues<FindingClass>().OrderByDescending(PolicyRules.SeverityOf).Select(Finding.NameOf)];

    /// <summary>One page of it, as of one instant.</summary>
    public async Task<QueueModel> ReadAsync(QueueFilter filter, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var scopes = await ScopesAsync(connection, ct);
        if (filter.Unclear)
        {
            return new(filter, [], 0, [], [], scopes);
        }

        var asked = filter.Cases(clocks.Fleet.GetUtcNow());
        var (classes, states, total) = await CountsAsync(connection, asked, ct);
        await using var page = Statement.On(connection, null,
            $"""
            select {Rows.Case} from case_file c where {CaseFilter.FoldedCondition}
            order by coalesce(array_position($17, c.class), 99), c.score desc, c.opened_at, c.id limit $18 offset $19
            """, [.. asked.FoldedValues, BySeverity, QueueModel.PageSize, (filter.Page - 1) * QueueModel.PageSize]);
        var found = await Rows.AllAsync(page, Rows.ReadCase, ct);
        long[] ids = [.. found.Select(of => of.Id)];
        var acts = await cases.LatestActsAsync(ids, ct);
        var (rulings, cpu) = (await RulingsAsync(connection, ids, ct), await CpuAsync(connection, ids, ct));
        return new(filter, [.. found.Select(of => new QueueRow(of, acts.GetValueOrDefault(of.Id), rulings.GetValueOrDefault(of.Id), cpu.GetValueOrDefault(of.Id, [])))],
            total, classes, states, scopes);
    }

    // How many there would be of each class or state, had it not been chosen.
    private static async Task<(List<(string, int)> Classes, List<(string, int)> States, int Total)> CountsAsync(NpgsqlConnection connection, CaseFilter asked, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null,
            $"select c.class, c.state, count(*)::int from case_file c where {CaseFilter.FoldedCondition} group by 1, 2", (asked with { Headline = null, State = null }).FoldedValues);
        var counts = await Rows.AllAsync(command, r => (Class: r.GetString(0), State: r.GetString(1), Count: r.GetInt32(2)), ct);
        return (
            [.. counts.Where(one => asked.State is null || one.State == asked.State).GroupBy(one => one.Class).OrderBy(of => Array.IndexOf(BySeverity, of.Key)).Select(of => (of.Key, of.Sum(one => one.Count)))],
            [.. counts.Where(one => asked.Headline is null || one.Class == asked.Headline).GroupBy(one => one.State).OrderBy(of => of.Key, StringComparer.Ordinal).Select(of => (of.Key, of.Sum(one => one.Count)))],
            counts.Where(one => (asked.Headline is null || one.Class == asked.Headline) && (asked.State is null || one.State == asked.State)).Sum(one => one.Count));
    }

    private static async Task<Dictionary<long, string>> RulingsAsync(NpgsqlConnection connection, long[] ids, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null, "select distinct on (case_id) case_id, ruling from ruling where case_id = any($1) order by case_id, id desc", ids);
        return (await Rows.AllAsync(command, r => (r.GetInt64(0), r.GetString(1)), ct)).ToDictionary();
    }

    // The newest evidence's points alone: the whole of it is kilobytes a case.
    private static async Task<Dictionary<long, float[]>> CpuAsync(NpgsqlConnection connection, long[] ids, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null,
            """
            select c.id, (select v.facts -> 'cpu' from case_episode e join evidence v on v.episode_id = e.episode_id where e.case_id = c.id and v.facts is not null
              order by v.id desc limit 1)
            from unnest($1) as c(id)
            """, ids);
        return (await Rows.AllAsync(command, r => (Id: r.GetInt64(0), Points: r.IsDBNull(1) ? null : FrozenJson.Read<Points>(r.GetString(1))), ct))
            .ToDictionary(one => one.Id, one => one.Points?.Values ?? []);
    }

    private static async Task<IReadOnlyList<(short, string)>> ScopesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null, "select id, key from scope order by key");
        return await Rows.AllAsync(command, r => (r.GetInt16(0), r.GetString(1)), ct);
    }
}
