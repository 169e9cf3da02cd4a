using Npgsql;
using Watchdog.Inventory;
using Watchdog.Storage;

namespace Watchdog.Detection;

/// <summary>Reads what a run starts from: a handful of queries by shard, whatever the number of VMs.</summary>
public sealed class ShardFacts(NpgsqlDataSource database, VmRepository vms, IndicatorSource indicators)
{
    /// <summary>How old the last listing of status checks may be to speak of now.</summary>
    private static readonly TimeSpan StatusStands = TimeSpan.FromMinutes(5);

    /// <summary>Reads the shards. VMs of scopes that are not configured any more are left alone.</summary>
    /// <param name="blind">VMs whose last screen had no data.</param>
    public async Task<ShardView> LoadAsync(
        short[] shards, IReadOnlyDictionary<short, Scope> scopes, HashSet<string> blind, Fence fence, DateTimeOffset now, bool everything, CancellationToken ct)
    {
        var running = (await vms.RunningAsync(shards, ct)).Where(vm => scopes.ContainsKey(vm.Scope)).ToList();
        var suspects = await SuspectTable.LoadAsync(database, shards, ct);
        var episodes = await EpisodeTable.OpenAsync(database, shards, ct);
        return new ShardView
        {
            Now = now,
            Everything = everything,
            Indicators = indicators.Current(),
            Fence = fence,
            Scopes = scopes,
            StatusFresh = await StatusFreshAsync(now, ct),
            Vms = running,
            Suspects = suspects.ToDictionary(suspect => suspect.InstanceId, StringComparer.Ordinal),
            Statuses = await vms.StatusesAsync(shards, ct),
            Episodes = episodes.ToLookup(episode => episode.InstanceId, StringComparer.Ordinal),
            Blind = blind,
        };
    }

    private async Task<HashSet<short>> StatusFreshAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "select distinct scope from scope_coverage where kind = 'status' and seen and to_at >= $1 and to_at <= $2");
        command.Parameters.Add(new() { Value = now - StatusStands });
        command.Parameters.Add(new() { Value = now + StatusStands });
        HashSet<short> fresh = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            fresh.Add(reader.GetInt16(0));
        }

        return fresh;
    }
}
