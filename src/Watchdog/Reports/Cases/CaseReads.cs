using Npgsql;
using Watchdog.Detection;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Ledger.Appeals;
using Watchdog.Reports.Quarantine;
using Watchdog.Reports.Queue;

namespace Watchdog.Reports.Cases;

/// <summary>Reads a case's page.</summary>
public sealed class CaseReads(NpgsqlDataSource database, CaseRepository cases, QueueNeighbours queue, CaseCurves curves, AppealBook appeals, IndicatorSource indicators)
{
    // Of those of other owners: beyond, too many findings would have to be read.
    private const int NearLookedAt = 100;
    private const int NearShown = 12;
    private const int OwnersShown = 8;

    /// <summary>Reads it; null: there is no such case.</summary>
    /// <param name="back">The page that the reader came from.</param>
    /// <param name="fill">Whether CloudWatch is asked for the points that nobody kept.</param>
    public async Task<CaseModel?> ReadAsync(long id, string back, bool fill, CancellationToken ct)
    {
        if (await cases.ShowAsync(id, ct) is not { } whole)
        {
            return null;
        }

        var (of, told) = (whole.Case, ReportedCase.Of(whole));
        await using var connection = await database.OpenConnectionAsync(ct);
        long[] episodes = [.. whole.Episodes.Select(episode => episode.EpisodeId)];
        await using var frozen = Statement.On(connection, null, "select at, facts from evidence where episode_id = any($1) and facts is not null order by at, id", [episodes]);
        var kept = await Rows.AllAsync(frozen, r => (At: r.GetFieldValue<DateTimeOffset>(0), Json: r.GetString(1)), ct);
        return new(
            whole, told, LookOf(kept, told), await VmSheet.ReadAsync(connection, of.InstanceId, ct), await OwnerAsync(connection, of, ct),
            await SimilarAsync(connection, whole, ct), await ExhibitsAsync(connection, whole, ct),
            await curves.ReadAsync(connection, told, [.. kept.Select(one => one.Json)], fill, ct),
            (await appeals.OfCasesAsync([id], ct)).GetValueOrDefault(id)?.Appeal, back, await queue.ReadAsync(connection, QueueFilter.OfPath(back), of, ct));
    }

    // The last one that had a look inside before it was decided; else the last one before; else the first after.
    private DecidingLook? LookOf(IReadOnlyList<(DateTimeOffset At, string Json)> kept, ReportedCase of)
    {
        var readable = kept.Select(one => (one.At, Facts: FrozenJson.Read<Frozen>(one.Json))).Where(one => one.Facts is not null).ToList();
        var before = readable.Where(one => one.At <= of.DecidedAt).ToList();
        var (at, facts) = before.LastOrDefault(one => one.Facts!.Guest?.Snapshot is not null) is { Facts: not null } inside ? inside
            : before.Count > 0 ? before[^1] : readable.FirstOrDefault();
        if (facts is null)
        {
            return null;
        }

        var (set, snapshot) = (indicators.Current(), facts.Guest?.Snapshot);
        string[] sentences = [.. of.Findings.SelectMany(found => found.Finding?.Evidence ?? []).Select(piece => piece.Sentence)];
        var processes = Signs.Of(snapshot?.TopProcesses ?? [], sentences, set);
        return new(
            at, facts, processes, Signs.Of(snapshot?.Connections ?? [], processes, set),
            snapshot is not null && facts.Guest?.Earlier is { TopProcesses: not null, Connections: not null } earlier ? SnapshotChange.Of(earlier, snapshot) : null);
    }

    private static async Task<OwnerSheet> OwnerAsync(NpgsqlConnection connection, CaseRecord of, CancellationToken ct)
    {
        await using var fleet = Statement.On(connection, null,
            "select min(first_seen), count(*) filter (where gone_at is null)::int, count(*) filter (where gone_at is null and state = 'running')::int from vm where owner = $1", of.Owner);
        var (since, vms, running) = (await Rows.AllAsync(fleet, r => (r.IsDBNull(0) ? (DateTimeOffset?)null : r.GetFieldValue<DateTimeOffset>(0), r.GetInt32(1), r.GetInt32(2)), ct)).Single();
        await using var others = Statement.On(connection, null,
            $"""
            select {Rows.Case}, (select r.ruling from ruling r where r.case_id = c.id order by r.id desc limit 1) as latest_ruling
            from (select * from case_file where owner = $1 and id <> $2 order by opened_at desc limit {OwnerSheet.CasesLookedAt}) c order by c.opened_at desc, c.id desc
            """, of.Owner, of.Id);
        var found = await Rows.AllAsync(others, r => (Case: Rows.ReadCase(r), Ruling: r["latest_ruling"] as string), ct);
        return new(
            since, vms, running, [.. found.GroupBy(one => one.Ruling ?? "none").Select(of => (of.Key, of.Count())).OrderByDescending(one => one.Item2)], [.. found.Take(OwnersShown)]);
    }

    private static async Task<IReadOnlyList<SimilarCase>> SimilarAsync(NpgsqlConnection connection, WholeCase whole, CancellationToken ct)
    {
        var of = whole.Case;
        await using var command = Statement.On(connection, null,
            $"""
            with near as (
              (select id from case_file where closed_at is null and class = $2 and id <> $1 order by opened_at desc limit {NearLookedAt})
              union (select id from case_file where closed_at is null and class = $2 and id <> $1 and owner = $3 order by opened_at desc limit {NearLookedAt})),
            mine as (select (select image_id from vm where instance_id = $4) as image, ({TechniqueOf("$1")}) as technique, ({ExecutableOf("$1")}) as executable)
            select {Rows.Case}, c.owner = $3 as same_owner, v.image_id = mine.image as same_image, ({TechniqueOf("c.id")}) = mine.technique as same_technique,
              ({ExecutableOf("c.id")}) = mine.executable as same_executable
            from near join case_file c on c.id = near.id left join vm v on v.instance_id = c.instance_id cross join mine
            """, of.Id, of.Class, of.Owner, of.InstanceId);
        var found = await Rows.AllAsync(command, r => new SimilarCase(Rows.ReadCase(r), [.. Shared(r)]), ct);
        return [.. found.Where(one => one.Why.Count > 0).OrderByDescending(one => one.Why.Count).ThenByDescending(one => one.Case.Score).ThenBy(one => one.Case.Id).Take(NearShown)];
    }

    // What speaks the loudest for a case's class.
    private static string TechniqueOf(string id) =>
        $$"""
        select piece ->> 'code' from case_episode e, jsonb_path_query(e.finding, '$.evidence[*]') piece where e.case_id = {{id}} and e.class = $2
        order by e.joined_at, (piece ->> 'weight')::double precision desc limit 1
        """;

    private static string ExecutableOf(string id) =>
        $"select x.executable from case_episode e join episode x on x.id = e.episode_id where e.case_id = {id} and x.executable is not null order by e.joined_at limit 1";

    private static IEnumerable<string> Shared(NpgsqlDataReader r) =>
        ((string[])["owner", "executable", "image", "technique"]).Where(what => r[$"same_{what}"] is true);

    private static async Task<ILookup<long, Exhibit>> ExhibitsAsync(NpgsqlConnection connection, WholeCase whole, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null,
            "select act_id, id, kind, at, length(content), media_type from exhibit where act_id = any($1) order by id", [whole.Acts.Select(act => act.Id).ToArray()]);
        return (await Rows.AllAsync(command, r => (Act: r.GetInt64(0), Exhibit: new Exhibit(r.GetInt64(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetInt32(4), r.GetString(5))), ct))
            .ToLookup(one => one.Act, one => one.Exhibit);
    }
}
