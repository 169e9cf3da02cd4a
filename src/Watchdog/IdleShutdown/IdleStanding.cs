using Npgsql;
using Watchdog.Detectors.Idle;
using Watchdog.IdleShutdown.Warnings;

namespace Watchdog.IdleShutdown;

/// <summary>How a VM stands with regard to idle stops, by what is stored: nobody is asked and nothing is billed.</summary>
/// <param name="Policy">What holds of it.</param>
/// <param name="Keepers">What keeps it by what inventory and the ledger know; empty: nothing of that.</param>
/// <param name="Watched">What the last closer look found; null: its CPU does not rest, so that none was needed.</param>
/// <param name="Warning">What its owner was told; null: nothing.</param>
public sealed record IdleStanding(IdlePolicy Policy, IReadOnlyList<Keeper> Keepers, Watched? Watched, IdleWarning? Warning)
{
    /// <summary>When it would be stopped if nothing changed; null where nobody can tell, or something keeps it.</summary>
    public DateTimeOffset? StopsAt => Watched?.Verdict?.StopsAt is { } found && Keepers.All(keeper => keeper.Until is not null)
        ? Keepers.Select(keeper => keeper.Until!.Value).Append(found).Append(Warning?.Deadline ?? found).Max() : null;

    /// <summary>Reads it; null: inventory does not know the VM, or it is gone.</summary>
    public static async Task<IdleStanding?> ReadAsync(
        NpgsqlConnection connection, IdlePolicies policies, IdleOptions detector, string instanceId, DateTimeOffset now, CancellationToken ct)
    {
        if ((await IdleRecords.ReadAsync(connection, null, [instanceId], now, ct)).GetValueOrDefault(instanceId) is not { } record)
        {
            return null;
        }

        var policy = policies.Of(record);
        return new(
            policy, [.. RecordKeepers.Of(record, now, policy, detector)], await IdleWatch.FindAsync(connection, null, instanceId, ct),
            await WarningTable.OfAsync(connection, instanceId, ct));
    }
}
