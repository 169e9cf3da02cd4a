using Npgsql;
using Watchdog.Detection;
using Watchdog.Detectors.Abuse;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Verdicts;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Telemetry;

namespace Watchdog.Enforcement.Restraining;

/// <summary>Which process an act's evidence names, as its episode froze it, and whether the guest's agent answers.</summary>
public sealed class Culprits(NpgsqlDataSource database, IGuestProbe probe, DetectorOptions detectors)
{
    /// <summary>The process; null when nobody looked inside, or the look names none.</summary>
    public async Task<Culprit?> OfAsync(ActRecord act, CancellationToken ct)
    {
        if (act.EpisodeId is not { } episode)
        {
            return null;
        }

        await using var command = database.CreateCommand(
            """
            select e.class, v.facts from episode e join evidence v on v.episode_id = e.id
            where e.id = $1 and v.facts is not null and jsonb_path_exists(v.facts, '$.guest.snapshot') order by v.id desc limit 1
            """);
        command.Parameters.Add(new() { Value = episode });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) && ClassOf(reader.GetString(0)) is { } found
            && FrozenJson.Read<Frozen>(reader.GetString(1)) is { Guest.Snapshot: { } snapshot } frozen
                ? Culprit.Of(found, snapshot, frozen.Guest.Earlier, frozen.Vcpus, detectors.Runaway)
                : null;
    }

    /// <summary>What SSM says of the agent.</summary>
    public async Task<AgentState> AgentAsync(Scope scope, string instanceId, CancellationToken ct) =>
        (await probe.AgentsAsync(scope, [instanceId], ct)).TryGetValue(instanceId, out var agent) ? agent.State : AgentState.Unknown;

    private static FindingClass? ClassOf(string name) =>
        Enum.GetValues<FindingClass>().Where(found => Finding.NameOf(found) == name).Select(found => (FindingClass?)found).FirstOrDefault();
}
