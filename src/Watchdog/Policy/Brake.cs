using Npgsql;
using NpgsqlTypes;
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
    /// <summary>Who turned it last.</summary>
    public string Actor { get; init; } = Audit.Machine;

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What made the machine turn it on, also after a person turned it off; null where a person turned it on.</summary>
    public string? Cause { get; init; }

    /// <summary>Reads the switch. A row that is not there is a switch that is on: what cannot be read does not permit.</summary>
    public static async Task<Brake> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await ReadAsync(connection, null, ct);
    }

    /// <summary>Reads the switch in a transaction.</summary>
    public static async Task<Brake> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select is_on, reason, actor, at, cause from brake", connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Brake(reader.GetBoolean(0), reader.GetString(1))
            {
                Actor = reader.GetString(2), At = reader.GetFieldValue<DateTimeOffset>(3), Cause = await reader.IsDBNullAsync(4, ct) ? null : reader.GetString(4),
            }
            : new Brake(true, "the brake's row is missing");
    }

    /// <summary>A person turns the switch, with its event and audit line.</summary>
    public static async Task SetAsync(NpgsqlDataSource database, bool on, string reason, string actor, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await SetAsync(connection, transaction, on, reason, actor, null, at, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Turns the switch in the caller's transaction.</summary>
    /// <param name="cause">What made the machine do so; null for a person, who leaves the cause standing when turning it off.</param>
    public static async Task SetAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, bool on, string reason, string actor, string? cause, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into brake (one, is_on, reason, actor, at, cause) values (true, $1, $2, $3, $4, $5)
            on conflict (one) do update set is_on = excluded.is_on, reason = excluded.reason, actor = excluded.actor, at = excluded.at,
              cause = case when excluded.is_on then excluded.cause else brake.cause end
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = on }, new() { Value = CleanText.Of(reason) }, new() { Value = CleanText.Of(actor, 200) }, new() { Value = at },
                new() { Value = (object?)cause ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
        var (what, data) = (on ? "brake.on" : "brake.off", new { reason, actor, cause });
        await EventLog.AppendAsync(connection, transaction, at, what, "brake", LedgerJson.Write(data), ct);
        await Audit.AppendAsync(connection, transaction, at, actor, what, "brake", data, ct);
    }
}
