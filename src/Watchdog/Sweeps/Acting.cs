using Npgsql;

namespace Watchdog.Sweeps;

/// <summary>Whether acts are under way, so that the actuator is to look again soon.</summary>
internal static class Acting
{
    /// <summary>True while an act falls due within the minute, or a person's request waits. One whose verification waits for CloudWatch does not.</summary>
    public static async Task<bool> GoesOnAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select exists (select 1 from act where state in ('admitted', 'planned', 'executing', 'applied') and (due_at is null or due_at < $1))
              or exists (select 1 from request where state in ('open', 'held') and (not_before is null or not_before < $1))
            """);
        command.Parameters.Add(new() { Value = now.AddMinutes(1) });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
