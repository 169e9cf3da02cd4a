using Npgsql;

namespace Watchdog.Sweeps;

/// <summary>Whether acts are under way, so that the actuator is to look again soon.</summary>
internal static class Acting
{
    /// <summary>
    /// When the next act falls due or a person's request waits: the instant asked at, or earlier, where one is due already; null where none does within
    /// the minute. An act whose verification waits for CloudWatch is none.
    /// </summary>
    public static async Task<DateTimeOffset?> NextAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select min(at) from (
              select min(coalesce(due_at, $1)) as at from act where state in ('admitted', 'planned', 'executing', 'applied')
              union all
              select min(coalesce(not_before, $1)) from request where state in ('open', 'held')) waiting
            where at < $2
            """);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now.AddMinutes(1) });
        return await command.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }
}
