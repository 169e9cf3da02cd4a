using System.Security.Cryptography;
using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Http.Keys;

/// <summary>Where API keys are made, ended and listed; each change has its audit line, which never holds the secret.</summary>
public sealed class KeyBook(NpgsqlDataSource database)
{
    /// <summary>Makes one.</summary>
    /// <returns>Its number, and the key as its holder writes it: it is told this once and stored nowhere.</returns>
    public async Task<(long Id, string Text)> AddAsync(
        string name, IReadOnlyList<string> scopes, string actor, DateTimeOffset at, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var secret = RandomNumberGenerator.GetBytes(KeyText.Bytes);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(
            "insert into api_key (name, scopes, sha256, created_at, created_by, expires_at) values ($1, $2, $3, $4, $5, $6) returning id", connection, transaction)
        {
            Parameters =
            {
                new() { Value = CleanText.Of(name, 200) }, new() { Value = scopes.ToArray() }, new() { Value = SHA256.HashData(secret) }, new() { Value = at },
                new() { Value = CleanText.Of(actor, 200) }, new() { Value = expiresAt },
            },
        };
        var id = (long)(await command.ExecuteScalarAsync(ct))!;
        await Audit.AppendAsync(connection, transaction, at, actor, "key.added", $"key:{id}", new { name, scopes, expiresAt }, ct);
        await transaction.CommitAsync(ct);
        return (id, KeyText.Write(id, secret));
    }

    /// <summary>Ends one at once; listeners notice within seconds.</summary>
    /// <returns>False when there is none of that number that still opens anything.</returns>
    public async Task<bool> RevokeAsync(long id, string reason, string actor, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(
            "update api_key set revoked_at = $2, revoked_by = $3 where id = $1 and revoked_at is null and expires_at > $2", connection, transaction)
        {
            Parameters = { new() { Value = id }, new() { Value = at }, new() { Value = CleanText.Of(actor, 200) } },
        };
        if (await command.ExecuteNonQueryAsync(ct) == 0)
        {
            return false;
        }

        await Audit.AppendAsync(connection, transaction, at, actor, "key.revoked", $"key:{id}", new { reason }, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Those that open something, or all there ever were, newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(bool all, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select id, name, scopes, created_at, created_by, expires_at, revoked_at, last_used from api_key
            where $1 or (revoked_at is null and expires_at > $2) order by id desc
            """);
        command.Parameters.Add(new() { Value = all });
        command.Parameters.Add(new() { Value = now });
        List<ApiKey> keys = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            keys.Add(new(
                reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4),
                reader.GetFieldValue<DateTimeOffset>(5), await reader.IsDBNullAsync(6, ct) ? null : reader.GetFieldValue<DateTimeOffset>(6),
                await reader.IsDBNullAsync(7, ct) ? null : reader.GetFieldValue<DateOnly>(7)));
        }

        return keys;
    }
}
