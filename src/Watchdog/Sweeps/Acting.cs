using Npgsql;

namespace Watchdog.Sweeps;

/// <summary>Whether acts are under way, so that the actuator is to look again soon.</summary>
internal static class Acting
{
    /// <summary>True while an admitted act is not finished, or a person's request waits.</summary>
    public static async Task<bool> GoesOnAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select exists (select 1 from act where state in ('admitted', 'executing', 'applied'))
              or exists (select 1 from request where state = 'open')
            """);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
