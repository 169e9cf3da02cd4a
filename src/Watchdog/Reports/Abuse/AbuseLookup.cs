using System.Net;
using Npgsql;
using Watchdog.Detection;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Reports.Abuse;

/// <summary>A connection of a guest's frozen snapshot that a notice may speak of.</summary>
/// <param name="Process">The process that holds it, as the guest named it; null when it named none.</param>
public sealed record MatchedConnection(DateTimeOffset TakenAt, int Pid, string? Process, string PeerAddress, int PeerPort, int LocalPort);

/// <summary>A VM that a notice leads to.</summary>
/// <param name="Cases">Cases from a week before the instant to a week after, the nearest first.</param>
/// <param name="Connections">What the snapshots frozen within three days show that fits the notice's other addresses or its port.</param>
public sealed record Lead(Holder Holder, IReadOnlyList<CaseRecord> Cases, IReadOnlyList<MatchedConnection> Connections);

/// <summary>What is known about one sighting.</summary>
/// <param name="Unknown">Spans in which a scope was not seen.</param>
public sealed record AbuseAnswer(NamedSighting Sighting, IReadOnlyList<Lead> Leads, IReadOnlyList<string> Unknown);

/// <summary>Finds VM, owner and cases for an address at an instant, from what was stored at the time.</summary>
public sealed class AbuseLookup(NpgsqlDataSource database, AddressRepository addresses)
{
    private static readonly TimeSpan CaseReach = TimeSpan.FromDays(7);
    private static readonly TimeSpan EvidenceReach = TimeSpan.FromDays(3);
    private const int MostCases = 10;
    private const int MostSnapshots = 20;
    private const int MostConnections = 50;

    /// <summary>Answers one sighting.</summary>
    /// <param name="others">Further addresses of the notice: the other ends.</param>
    public async Task<AbuseAnswer> FindAsync(NamedSighting sighting, IReadOnlyCollection<IPAddress> others, CancellationToken ct)
    {
        var answer = AddressAnswer.Of(
            await addresses.AroundAsync(sighting.Address, sighting.At, ct), await addresses.LooksAsync(sighting.At, ct), sighting.At);
        List<Lead> leads = [];
        foreach (var holder in answer.Holders)
        {
            leads.Add(new Lead(
                holder, await CasesAsync(holder.Interval.InstanceId, sighting.At, ct),
                await ConnectionsAsync(holder.Interval.InstanceId, sighting, [.. others.Select(other => other.ToString())], ct)));
        }

        return new AbuseAnswer(sighting, leads, answer.Unknown);
    }

    private async Task<IReadOnlyList<CaseRecord>> CasesAsync(string instanceId, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"""
            select {Rows.Case} from case_file c
            where c.instance_id = $1 and c.opened_at <= $2 and (c.closed_at is null or c.closed_at >= $3)
            order by abs(extract(epoch from c.opened_at - $4)), c.id limit $5
            """, instanceId, at + CaseReach, at - CaseReach, at, MostCases);
        return await Rows.AllAsync(command, Rows.ReadCase, ct);
    }

    private async Task<IReadOnlyList<MatchedConnection>> ConnectionsAsync(
        string instanceId, NamedSighting sighting, HashSet<string> others, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            select v.facts from episode e join evidence v on v.episode_id = e.id
            where e.instance_id = $1 and v.facts is not null and v.at between $2 and $3
            order by abs(extract(epoch from v.at - $4)) limit $5
            """, instanceId, sighting.At - EvidenceReach, sighting.At + EvidenceReach, sighting.At, MostSnapshots);
        var frozen = await Rows.AllAsync(command, r => FrozenJson.Read<Frozen>(r.GetString(0)), ct);
        return
        [
            .. frozen.Select(facts => facts?.Guest).SelectMany(guest => new[] { guest?.Snapshot, guest?.Earlier }).OfType<Detectors.Facts.GuestSnapshot>()
                .SelectMany(snapshot => snapshot.Connections.Where(Fits).Select(c => new MatchedConnection(
                    snapshot.TakenAt, c.Pid, snapshot.TopProcesses.FirstOrDefault(p => p.Pid == c.Pid)?.Comm, c.PeerAddress, c.PeerPort, c.LocalPort)))
                .Distinct().Take(MostConnections),
        ];

        bool Fits(Detectors.Facts.GuestConnection c) =>
            others.Contains(VmAddress.Normal(c.PeerAddress) ?? c.PeerAddress)
            || (sighting.Port is { } port && (c.LocalPort == port || c.PeerPort == port));
    }
}
