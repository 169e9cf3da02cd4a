using Npgsql;
using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Ledger;

namespace Watchdog.Enforcement.Verifying;

/// <summary>The last look inside before an act, as its episode's evidence froze it.</summary>
public sealed class EarlierLook(NpgsqlDataSource database)
{
    /// <summary>The snapshot; null when nobody had looked inside.</summary>
    public async Task<GuestSnapshot?> OfAsync(ActRecord act, CancellationToken ct)
    {
        if (act.EpisodeId is not { } episode)
        {
            return null;
        }

        await using var command = database.CreateCommand(
            "select facts from evidence where episode_id = $1 and facts is not null and jsonb_path_exists(facts, '$.guest.snapshot') order by id desc limit 1");
        command.Parameters.Add(new() { Value = episode });
        return await command.ExecuteScalarAsync(ct) is string json ? FrozenJson.Read<Frozen>(json)?.Guest?.Snapshot : null;
    }
}
