using Npgsql;
using Watchdog.Alerts.Muting;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Storing;

/// <summary>Table <c>silence</c>: each with its matcher, reason, author and end, and an audit line for its beginning and an early end.</summary>
public static class SilenceBook
{
    /// <summary>Begins one.</summary>
    /// <returns>Its number.</returns>
    public static async Task<long> AddAsync(
        NpgsqlDataSource database, Matcher matcher, string reason, string author, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = Statement.On(connection, transaction,
            "insert into silence (matcher, reason, author, from_at, until_at) values ($1, $2, $3, $4, $5) returning id",
            LedgerJson.Parameter(matcher), CleanText.Of(reason, 500), CleanText.Of(author, 200), from, until);
        var id = (long)(await command.ExecuteScalarAsync(ct))!;
        await Audit.AppendAsync(connection, transaction, from, author, "silence.added", $"silence:{id}", new { matcher, reason, until }, ct);
        await transaction.CommitAsync(ct);
        return id;
    }

    /// <summary>Ends one before its time.</summary>
    /// <returns>Whether it held.</returns>
    public static async Task<bool> EndAsync(NpgsqlDataSource database, long id, string actor, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = Statement.On(connection, transaction,
            "update silence set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null and until_at > $2", id, at, CleanText.Of(actor, 200));
        if (await command.ExecuteNonQueryAsync(ct) == 0)
        {
            return false;
        }

        await Audit.AppendAsync(connection, transaction, at, actor, "silence.ended", $"silence:{id}", new { }, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Those that hold, or will.</summary>
    public static async Task<IReadOnlyList<Silence>> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "select id, matcher::text, reason, author, from_at, until_at from silence where until_at > $1 and ended_at is null order by id", at);
        return await Rows.AllAsync(command, r => new Silence(
            r.GetInt64(0), LedgerJson.Read<Matcher>(r.GetString(1)), r.GetString(2), r.GetString(3), r.GetFieldValue<DateTimeOffset>(4), r.GetFieldValue<DateTimeOffset>(5)), ct);
    }
}
