using Npgsql;

namespace Watchdog.Storage;

/// <summary>
/// Leases as held by one run: each write transaction asserts them, so that a worker that was paused past its lease
/// writes nothing. Quartz promises at-least-once; this makes the writes at-most-one-holder.
/// </summary>
/// <param name="Names">Lease names, e.g. <c>shard:7</c> or <c>actuator:1</c>.</param>
/// <param name="Epochs">The epoch taken for each name.</param>
public sealed record Fence(string[] Names, long[] Epochs)
{
    /// <summary>Locks the lease rows for share until the transaction ends, and throws when any epoch moved on.</summary>
    /// <exception cref="FencedException">Another holder took one of the leases.</exception>
    public async Task AssertAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select count(*) from (
              select 1 from lease l join unnest($1, $2) as f(name, epoch) on l.name = f.name and l.epoch = f.epoch
              order by l.name for share of l) held
            """, connection, transaction)
        {
            Parameters = { new() { Value = Names }, new() { Value = Epochs } },
        };
        var held = (long)(await command.ExecuteScalarAsync(ct))!;
        if (held != Names.Length)
        {
            throw new FencedException($"{Names.Length - held} of {Names.Length} leases were taken over ({Names[0]} …): this run's writes are void.");
        }
    }

    /// <summary>Whether all leases are still ours, read outside any transaction: the check before an AWS call.</summary>
    public async Task<bool> HoldsAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "select count(*) from lease l join unnest($1, $2) as f(name, epoch) on l.name = f.name and l.epoch = f.epoch");
        command.Parameters.Add(new() { Value = Names });
        command.Parameters.Add(new() { Value = Epochs });
        return (long)(await command.ExecuteScalarAsync(ct))! == Names.Length;
    }
}

/// <summary>A run found that its lease was taken over; it must stop without writing.</summary>
public sealed class FencedException(string message) : Exception(message);
