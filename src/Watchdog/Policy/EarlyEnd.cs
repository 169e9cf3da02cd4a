using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Policy;

/// <summary>How a person ends an exemption or a hold before its time: the row, and an audit line.</summary>
internal static class EarlyEnd
{
    /// <summary>Ends one.</summary>
    /// <param name="update">The statement: $1 its number, $2 the instant, $3 who, $4 why.</param>
    /// <param name="thing">What it is, as audit lines name it.</param>
    /// <returns>False when there is none of that number in force.</returns>
    public static async Task<bool> WriteAsync(
        NpgsqlDataSource database, string update, string thing, long id, string reason, string actor, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(update, connection, transaction)
        {
            Parameters = { new() { Value = id }, new() { Value = at }, new() { Value = CleanText.Of(actor, 200) }, new() { Value = CleanText.Of(reason) } },
        };
        if (await command.ExecuteNonQueryAsync(ct) == 0)
        {
            return false;
        }

        await Audit.AppendAsync(connection, transaction, at, actor, $"{thing}.ended", $"{thing}:{id}", new { reason }, ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
