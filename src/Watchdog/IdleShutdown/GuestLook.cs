using Watchdog.Detectors.Facts;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.IdleShutdown;

/// <summary>What came of asking for a look inside.</summary>
/// <param name="Command">The SSM command whose answer is read later; null where none was sent.</param>
/// <param name="Silent">SSM says that the agent is not there. False without a command: it could not be asked, which says nothing.</param>
public sealed record LookAsked(string? Command, bool Silent);

/// <summary>Looks into VMs whose metrics rest, by the same document as inspections. Nothing waits here.</summary>
public sealed class GuestLook(IGuestProbe probe, ILogger<GuestLook> log)
{
    /// <summary>How long an answer may take: SSM's delivery and the script.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    /// <summary>Asks the agents, and sends the document to those that are there.</summary>
    public async Task<IReadOnlyDictionary<string, LookAsked>> AskAsync(Scope scope, IReadOnlyList<string> instanceIds, CancellationToken ct)
    {
        Dictionary<string, LookAsked> asked = new(StringComparer.Ordinal);
        try
        {
            var agents = await probe.AgentsAsync(scope, instanceIds, ct);
            List<string> online = [.. instanceIds.Where(id => agents.GetValueOrDefault(id)?.State == AgentState.Online)];
            var sent = online.Count == 0 ? null : await probe.SendAsync(scope, online, "Watchdog asks whether anybody uses this VM", ct);
            foreach (var id in instanceIds)
            {
                asked[id] = new(
                    sent?.GetValueOrDefault(id)?.CommandId, agents.GetValueOrDefault(id)?.State is AgentState.ConnectionLost or AgentState.Unmanaged);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.ReadFailed(log, fault, "agents", scope.Key, instanceIds.Count);
        }

        return asked;
    }

    /// <summary>What a look told; null while its answer is on its way.</summary>
    /// <param name="earlier">The command of an earlier look, to hold it against; null for none.</param>
    public async Task<IdleGuest?> HearAsync(Scope scope, string instanceId, string command, string? earlier, DateTimeOffset askedAt, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var answer = await probe.ReadAsync(scope, command, instanceId, ct);
            return answer.State switch
            {
                InvocationState.Done => new IdleGuest(
                    true, GuestSnapshotParser.Parse(answer.Output, now),
                    earlier is null ? null : await SnapshotAsync(scope, instanceId, earlier, now, ct), answer.StartedAt),
                InvocationState.Pending when now < askedAt + Patience => null,
                _ => IdleGuest.Silent,
            };
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.ReadFailed(log, fault, "a look inside", scope.Key, 1);
            return null;
        }
    }

    private async Task<GuestSnapshot?> SnapshotAsync(Scope scope, string instanceId, string command, DateTimeOffset now, CancellationToken ct) =>
        await probe.ReadAsync(scope, command, instanceId, ct) is { State: InvocationState.Done } answer ? GuestSnapshotParser.Parse(answer.Output, now) : null;
}
