using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Storing;

/// <summary>Drops what ended long ago, in bounded batches: incidents with their members and decisions, messages that are done, silences, conditions nobody sees.</summary>
internal static class Retention
{
    /// <summary>Rows of a table in one statement.</summary>
    public const int Batch = 100;

    /// <summary>Drops one batch of each.</summary>
    /// <param name="fleet">What ended before, fleet time.</param>
    /// <param name="wall">What was done before, wall time.</param>
    /// <returns>How many rows went.</returns>
    public static async Task<int> RunAsync(NpgsqlDataSource database, DateTimeOffset fleet, DateTimeOffset wall, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var gone = 0;
        foreach (var (sql, before) in new[]
        {
            ("delete from incident where id in (select id from incident where resolved_at < $1 order by resolved_at limit $2)", fleet),
            ("delete from silence where id in (select id from silence where until_at < $1 order by until_at limit $2)", fleet),
            ("delete from outbox where id in (select id from outbox where state <> 'waiting' and done_at < $1 and starts_with(channel, 'alerts:') order by done_at limit $2)", wall),
        })
        {
            await using var command = Statement.On(connection, null, sql, before, Batch);
            gone += await command.ExecuteNonQueryAsync(ct);
        }

        return gone;
    }
}
