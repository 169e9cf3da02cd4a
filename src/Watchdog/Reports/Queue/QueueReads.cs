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
    // $1 show, $2 class, $3 state, $4 owner, $5 scope, $6 opened before, $7 detector, $8 ruling, $9 text as it begins. A case under a lead is left to its lead.
    private const string Matches =
        """
        ($1 = 'all' or (c.closed_at is null) = ($1 = 'open')) and ($4::text is null or c.owner = $4) and ($5::smallint is null or c.scope = $5)
        and ($6::timestamptz is null or c.opened_at <= $6)
        and ($7::text is null or exists (select 1 from case_episode e where e.case_id = c.id and e.class = $7))
        and ($8::text is null or coalesce((select r.ruling from ruling r where r.case_id = c.id order by r.id desc limit 1), 'none') = $8)
        and ($9::text is null or starts_with(c.instance_id, $9) or starts_with(c.owner, $9))
        and ($9::text is not null or c.lead_case is null or not exists (
          select 1 from case_file l where l.id = c.lead_case and (l.closed_at is null) = (c.closed_at is null)))
        """;

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

        var (classes, states, total) = await CountsAsync(connection, filter, ct);
        await using var page = On(connection,
            $"""
            select {Rows.Case} from case_file c where {Matches} and ($2::text is null or c.class = $2) and ($3::text is null or c.state = $3)
            order by coalesce(array_position($10, c.class), 99), c.score desc, c.opened_at, c.id limit $11 offset $12
            """, filter, BySeverity, QueueModel.PageSize, (filter.Page - 1) * QueueModel.PageSize);
        var found = await Rows.AllAsync(page, Rows.ReadCase, ct);
        long[] ids = [.. found.Select(of => of.Id)];
        var acts = await cases.LatestActsAsync(ids, ct);
        var (rulings, cpu) = (await RulingsAsync(connection, ids, ct), await CpuAsync(connection, ids, ct));
        return new(filter, [.. found.Select(of => new QueueRow(of, acts.GetValueOrDefault(of.Id), rulings.GetValueOrDefault(of.Id), cpu.GetValueOrDefault(of.Id, [])))],
            total, classes, states, scopes);
    }

    private async Task<(List<(string, int)> Classes, List<(string, int)> States, int Total)> CountsAsync(NpgsqlConnection connection, QueueFilter filter, CancellationToken ct)
    {
        await using var command = On(connection, $"select c.class, c.state, count(*)::int from case_file c where {Matches} and ($2::text is null or true) and ($3::text is null or true) group by 1, 2", filter);
        var counts = await Rows.AllAsync(command, r => (Class: r.GetString(0), State: r.GetString(1), Count: r.GetInt32(2)), ct);
        return (
            [.. counts.Where(one => filter.State is null || one.State == filter.State).GroupBy(one => one.Class).OrderBy(of => Array.IndexOf(BySeverity, of.Key)).Select(of => (of.Key, of.Sum(one => one.Count)))],
            [.. counts.Where(one => filter.Class is null || one.Class == filter.Class).GroupBy(one => one.State).OrderBy(of => of.Key, StringComparer.Ordinal).Select(of => (of.Key, of.Sum(one => one.Count)))],
            counts.Where(one => (filter.Class is null || one.Class == filter.Class) && (filter.State is null || one.State == filter.State)).Sum(one => one.Count));
    }

    private NpgsqlCommand On(NpgsqlConnection connection, string sql, QueueFilter filter, params object?[] more) => Statement.On(connection, null, sql,
    [
        filter.Show, filter.Class, filter.State, filter.Owner, filter.Scope, filter.Age is { } hours ? clocks.Fleet.GetUtcNow().AddHours(-hours) : null, filter.Detector,
        filter.Ruling, filter.Text, .. more,
    ]);

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
