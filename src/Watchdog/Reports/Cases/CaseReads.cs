using Npgsql;
using Watchdog.Detection;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Reports.Quarantine;
using Watchdog.Reports.Queue;

namespace Watchdog.Reports.Cases;

/// <summary>Reads a case's page: the case, then all that stands around it, each in one round trip.</summary>
public sealed class CaseReads(NpgsqlDataSource database, CaseRepository cases, QueueNeighbours queue, CaseCurves curves, IndicatorSource indicators)
{
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
        await using var asked = new Questions(connection);
        var frozen = asked.Ask(
            "select at, facts from evidence where episode_id = any($1) and facts is not null order by at, id",
            r => (At: r.GetFieldValue<DateTimeOffset>(0), Facts: FrozenJson.Read<Frozen>(r.GetString(1))), whole.Episodes.Select(episode => episode.EpisodeId).ToArray());
        var sheet = asked.Ask(VmSheet.Sql, VmSheet.Read, of.InstanceId);
        var known = asked.Ask(
            "select at, context, baseline from evidence where episode_id = any($1) and (context is not null or baseline is not null) order by at, id",
            r => (At: r.GetFieldValue<DateTimeOffset>(0), Context: r.IsDBNull(1) ? null : FrozenJson.Read<KeptContext>(r.GetString(1)), Band: UsualBand.Of(r.IsDBNull(2) ? null : r.GetFieldValue<byte[]>(2))),
            whole.Episodes.Select(episode => episode.EpisodeId).ToArray());
        var exhibits = asked.Ask(
            "select act_id, id, kind, at, length(content), media_type from exhibit where act_id = any($1) order by id",
            r => (Act: r.GetInt64(0), Exhibit: new Exhibit(r.GetInt64(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetInt32(4), r.GetString(5))),
            whole.Acts.Select(act => act.Id).ToArray());
        var (owner, similar, near) = (OwnerReads.Ask(asked, of), SimilarReads.Ask(asked, of), queue.Ask(asked, QueueFilter.OfPath(back), of));
        await asked.PutAsync(ct);
        (DateTimeOffset At, Frozen Facts)[] kept = [.. frozen.Where(one => one.Facts is not null).Select(one => (one.At, one.Facts!))];
        // Of several looks the last one before it was decided.
        var bands = known.Where(one => one.Band is not null).ToList();
        var band = bands.LastOrDefault(one => one.At <= told.DecidedAt).Band ?? bands.FirstOrDefault().Band;
        return new(
            whole, told, LookOf(kept, told), sheet.SingleOrDefault(), owner(), similar(), exhibits.ToLookup(one => one.Act, one => one.Exhibit),
            await curves.ReadAsync(told, [.. kept.Select(one => one.Facts)], known.Select(one => one.Context).OfType<KeptContext>(), band, fill, ct), whole.Appeal, back, new(First(near.Previous), First(near.Next)));
    }

    // The last one that had a look inside before it was decided; else the last one before; else the first after.
    private DecidingLook? LookOf((DateTimeOffset At, Frozen Facts)[] kept, ReportedCase of)
    {
        if (kept.Length == 0)
        {
            return null;
        }

        var before = kept.Where(one => one.At <= of.DecidedAt).ToList();
        var (at, facts) = before.LastOrDefault(one => one.Facts.Guest?.Snapshot is not null) is { Facts: not null } inside ? inside : before.Count > 0 ? before[^1] : kept[0];
        var (set, snapshot) = (indicators.Current(), facts.Guest?.Snapshot);
        string[] sentences = [.. of.Findings.SelectMany(found => found.Finding?.Evidence ?? []).Select(piece => piece.Sentence)];
        var processes = Signs.Of(snapshot?.TopProcesses ?? [], sentences, set);
        return new(
            at, facts, processes, Signs.Of(snapshot?.Connections ?? [], processes, set),
            snapshot is not null && facts.Guest?.Earlier is { TopProcesses: not null, Connections: not null } earlier ? SnapshotChange.Of(earlier, snapshot) : null);
    }

    private static long? First(IReadOnlyList<long> keys) => keys is [var key, ..] ? key : null;
}
