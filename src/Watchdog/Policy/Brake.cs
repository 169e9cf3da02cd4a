using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Policy;

/// <summary>
/// The kill switch: while it is on, nothing is admitted and no act is carried out, except releases that a person asked for: undoing is
/// what one needs while it is on. It is read again before every call.
/// </summary>
/// <param name="IsOn">Whether it holds.</param>
/// <param name="Reason">Why, in its author's words.</param>
public sealed record Brake(bool IsOn, string Reason)
{
    /// <summary>Reads the switch. A row that is not there is a switch that is on: what cannot be read does not permit.</summary>
    public static async Task<Brake> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await ReadAsync(connection, null, ct);
    }

    /// <summary>Reads the switch in a transaction.</summary>
    public static async Task<Brake> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select is_on, reason from brake", connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Brake(reader.GetBoolean(0), reader.GetString(1)) : new Brake(true, "the brake's row is missing");
    }

    /// <summary>Turns the switch, with its event and audit line.</summary>
    public static async Task SetAsync(NpgsqlDataSource database, bool on, string reason, string actor, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(
            """
            insert into brake (one, is_on, reason, actor, at) values (true, $1, $2, $3, $4)
            on conflict (one) do update set is_on = excluded.is_on, reason = excluded.reason, actor = excluded.actor, at = excluded.at
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = on }, new() { Value = CleanText.Of(reason) }, new() { Value = CleanText.Of(actor, 200) }, new() { Value = at },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
        var (what, data) = (on ? "brake.on" : "brake.off", new { reason });
        await EventLog.AppendAsync(connection, transaction, at, what, "brake", LedgerJson.Write(data), ct);
        await Audit.AppendAsync(connection, transaction, at, actor, what, "brake", data, ct);
        await transaction.CommitAsync(ct);
    }
}
