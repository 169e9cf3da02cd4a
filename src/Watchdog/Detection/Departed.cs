using Npgsql;
using Watchdog.Detectors.Findings;
using Watchdog.Inventory;

namespace Watchdog.Detection;

/// <summary>
/// VMs that left the shards' running set. A suspicion ends with the run of its VM; an episode waits for a stopped VM to start
/// again, and ends when the VM is gone or has not run for a day.
/// </summary>
public sealed class Departed(NpgsqlDataSource database, VmRepository vms)
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>Suspects to forget: their VM does not run. What was found benign stays remembered.</summary>
    public static IReadOnlyList<string> Suspects(ShardView view)
    {
        var running = view.Vms.Select(vm => vm.InstanceId).ToHashSet(StringComparer.Ordinal);
        return [.. view.Suspects.Values
            .Where(suspect => !running.Contains(suspect.InstanceId) && view.Scopes.ContainsKey(suspect.Scope)
                && (suspect.Stage != SuspectStage.Benign || suspect.DueAt <= view.Now))
            .Select(suspect => suspect.InstanceId)];
    }

    /// <summary>Open episodes to close because their VM is gone.</summary>
    public async Task<IReadOnlyList<EpisodeMove>> EpisodesAsync(ShardView view, CancellationToken ct)
    {
        if (view.Episodes.Count == 0)
        {
            return [];
        }

        var running = view.Vms.Select(vm => vm.InstanceId).ToHashSet(StringComparer.Ordinal);
        var absent = view.Episodes.Where(episodes => !running.Contains(episodes.Key)).Select(episodes => episodes.Key).ToArray();
        if (absent.Length == 0)
        {
            return [];
        }

        var gone = await GoneAsync(absent, view.Now, ct);
        return [.. (await vms.ByIdsAsync(gone, ct)).SelectMany(vm => view.Episodes[vm.InstanceId].Select(episode => new EpisodeMove(
            vm, episode, EpisodeStep.Closed, episode.State with { OpenedAt = null, ClosedAt = view.Now }, episode.Onset,
            new Finding(episode.Class, Verdict.Clear, 0, $"The VM is gone or has not run for {Patience.TotalHours:0} hours.", []), null)))];
    }

    private async Task<string[]> GoneAsync(string[] absent, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select instance_id from vm where instance_id = any($1)
              and (gone_at is not null or state in ('shutting-down', 'terminated') or (state <> 'running' and state_since < $2))
            """);
        command.Parameters.Add(new() { Value = absent });
        command.Parameters.Add(new() { Value = now - Patience });
        List<string> gone = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            gone.Add(reader.GetString(0));
        }

        return [.. gone];
    }
}
