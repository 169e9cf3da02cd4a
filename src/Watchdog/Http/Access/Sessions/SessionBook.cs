using System.Security.Cryptography;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Http.Access.Sessions;

/// <summary>
/// Sessions of browsers and the one-time links that begin one, in the database: every worker knows them, and of their secrets only digests are stored. Their
/// times are wall time: who may come in does not hang on a simulated clock.
/// </summary>
public sealed class SessionBook(NpgsqlDataSource database, Clocks clocks)
{
    private const int Bytes = 32;

    /// <summary>Makes a link's secret, which signs in once.</summary>
    /// <param name="lasts">How long it may wait to be used.</param>
    public async Task<byte[]> MakeLinkAsync(string name, Role role, TimeSpan lasts, string actor, CancellationToken ct)
    {
        var (secret, now) = (RandomNumberGenerator.GetBytes(Bytes), clocks.Wall.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RunAsync(connection, transaction, "insert into sign_in_link (sha256, name, role, made_at, expires_at) values ($1, $2, $3, $4, $5)", ct,
            SHA256.HashData(secret), CleanText.Of(name, 200), Roles.NameOf(role), now, now + lasts);
        await Audit.AppendAsync(connection, transaction, clocks.Fleet.GetUtcNow(), actor, "access.link", $"person:{CleanText.Of(name, 200)}", new { role = Roles.NameOf(role) }, ct);
        await transaction.CommitAsync(ct);
        return secret;
    }

    /// <summary>Uses a link; null: it is none, was used, or has expired.</summary>
    /// <param name="lasts">How long the session may last.</param>
    /// <returns>The session's secret.</returns>
    public async Task<byte[]?> UseLinkAsync(byte[] link, TimeSpan lasts, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = Statement.On(connection, transaction,
            "update sign_in_link set used_at = $2 where sha256 = $1 and used_at is null and expires_at > $2 returning name, role", SHA256.HashData(link), clocks.Wall.GetUtcNow());
        if (await Rows.AllAsync(command, r => (Name: r.GetString(0), Role: r.GetString(1)), ct) is not [var (name, role)])
        {
            return null;
        }

        var secret = await BeginAsync(connection, transaction, name, Roles.Read(role)!.Value, "link", lasts, ct);
        await transaction.CommitAsync(ct);
        return secret;
    }

    /// <summary>Begins a session of somebody who is known by other means.</summary>
    /// <param name="method">How: <c>oidc proxy</c>.</param>
    public async Task<byte[]> BeginAsync(string name, Role role, string method, TimeSpan lasts, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var secret = await BeginAsync(connection, transaction, name, role, method, lasts, ct);
        await transaction.CommitAsync(ct);
        return secret;
    }

    /// <summary>Who a session is; null: it is none, has ended or expired.</summary>
    public async Task<Visitor?> FindAsync(byte[] secret, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            "select name, role, method from web_session where sha256 = $1 and ended_at is null and expires_at > $2", SHA256.HashData(secret), clocks.Wall.GetUtcNow());
        return (await Rows.AllAsync(command, r => new Visitor(r.GetString(0), Roles.Read(r.GetString(1))!.Value, r.GetString(2), secret), ct)).SingleOrDefault();
    }

    /// <summary>Ends a session.</summary>
    public async Task EndAsync(byte[] secret, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = Statement.On(connection, transaction,
            "update web_session set ended_at = $2 where sha256 = $1 and ended_at is null returning name", SHA256.HashData(secret), clocks.Wall.GetUtcNow());
        foreach (var name in await Rows.AllAsync(command, r => r.GetString(0), ct))
        {
            await Audit.AppendAsync(connection, transaction, clocks.Fleet.GetUtcNow(), name, "access.signed-out", $"person:{name}", new { }, ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>Ends every session of a person, who is nobody from their next request on, and every link that waits for them.</summary>
    /// <returns>How many sessions and links there were.</returns>
    public async Task<int> EndAllAsync(string name, string reason, string actor, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = Statement.On(connection, transaction,
            "update web_session set ended_at = $2 where name = $1 and ended_at is null and expires_at > $2", name, clocks.Wall.GetUtcNow());
        var sessions = await command.ExecuteNonQueryAsync(ct);
        await using var waiting = Statement.On(connection, transaction,
            "update sign_in_link set used_at = $2 where name = $1 and used_at is null and expires_at > $2", name, clocks.Wall.GetUtcNow());
        var links = await waiting.ExecuteNonQueryAsync(ct);
        if (sessions + links > 0)
        {
            await Audit.AppendAsync(connection, transaction, clocks.Fleet.GetUtcNow(), actor, "access.ended", $"person:{name}", new { sessions, links, reason }, ct);
            await transaction.CommitAsync(ct);
        }

        return sessions + links;
    }

    /// <summary>The sessions in force, newest first.</summary>
    public async Task<IReadOnlyList<WebSession>> ListAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            "select name, role, method, began_at, expires_at from web_session where ended_at is null and expires_at > $1 order by began_at desc, name", clocks.Wall.GetUtcNow());
        return await Rows.AllAsync(
            command, r => new WebSession(r.GetString(0), r.GetString(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4)), ct);
    }

    private async Task<byte[]> BeginAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string name, Role role, string method, TimeSpan lasts, CancellationToken ct)
    {
        var (secret, now) = (RandomNumberGenerator.GetBytes(Bytes), clocks.Wall.GetUtcNow());
        // Nobody looks at old ones but the audit trail, which has its own line of each.
        await RunAsync(connection, transaction, "delete from web_session where expires_at < $1", ct, now - TimeSpan.FromDays(7));
        await RunAsync(connection, transaction, "insert into web_session (sha256, name, role, method, began_at, expires_at) values ($1, $2, $3, $4, $5, $6)", ct,
            SHA256.HashData(secret), CleanText.Of(name, 200), Roles.NameOf(role), method, now, now + lasts);
        await Audit.AppendAsync(
            connection, transaction, clocks.Fleet.GetUtcNow(), name, "access.signed-in", $"person:{CleanText.Of(name, 200)}", new { role = Roles.NameOf(role), method }, ct);
        return secret;
    }

    private static async Task RunAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, CancellationToken ct, params object?[] values)
    {
        await using var command = Statement.On(connection, transaction, sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>A session in force, without its secret.</summary>
/// <param name="Method">How the person was known when it began: <c>link oidc proxy</c>.</param>
public sealed record WebSession(string Name, string Role, string Method, DateTimeOffset BeganAt, DateTimeOffset ExpiresAt);
