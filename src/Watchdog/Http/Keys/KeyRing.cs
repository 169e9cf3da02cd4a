using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Npgsql;
using Watchdog.Diagnostics;

namespace Watchdog.Http.Keys;

/// <summary>The keys in force, held in memory; a revoked one opens nothing any more within two seconds.</summary>
public sealed class KeyRing(NpgsqlDataSource database, Clocks clocks) : IReadModel
{
    private readonly ConcurrentDictionary<long, DateOnly> used = [];
    private FrozenDictionary<long, Held> keys = FrozenDictionary<long, Held>.Empty;

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await NoteUseAsync(ct);
        await using var command = database.CreateCommand("select id, scopes, sha256, expires_at, last_used from api_key where revoked_at is null and expires_at > $1");
        command.Parameters.Add(new() { Value = clocks.Fleet.GetUtcNow() });
        Dictionary<long, Held> read = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            read[reader.GetInt64(0)] = new(reader.GetInt64(0), reader.GetFieldValue<string[]>(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<DateTimeOffset>(3))
            {
                Used = await reader.IsDBNullAsync(4, ct) ? null : reader.GetFieldValue<DateOnly>(4),
            };
        }

        Volatile.Write(ref keys, read.ToFrozenDictionary());
    }

    /// <summary>The key in force that a header <c>Authorization</c> holds; null: it holds none.</summary>
    internal Held? Find(string authorization)
    {
        Span<byte> digest = stackalloc byte[KeyText.Bytes];
        if (!KeyText.TryRead(authorization, out var id, digest) || !Volatile.Read(ref keys).TryGetValue(id, out var key)
            || !CryptographicOperations.FixedTimeEquals(digest, key.Sha256) || key.ExpiresAt <= clocks.Fleet.GetUtcNow())
        {
            return null;
        }

        var today = DateOnly.FromDateTime(clocks.Fleet.GetUtcNow().UtcDateTime);
        if (key.Used != today)
        {
            key.Used = today;
            used[id] = today;
        }

        return key;
    }

    private async Task NoteUseAsync(CancellationToken ct)
    {
        foreach (var (id, day) in used)
        {
            await using var command = database.CreateCommand("update api_key set last_used = $2 where id = $1 and (last_used is null or last_used < $2)");
            command.Parameters.Add(new() { Value = id });
            command.Parameters.Add(new() { Value = day });
            await command.ExecuteNonQueryAsync(ct);
            used.TryRemove(new(id, day));
        }
    }

    /// <summary>A key in force.</summary>
    internal sealed record Held(long Id, string[] Scopes, byte[] Sha256, DateTimeOffset ExpiresAt)
    {
        public DateOnly? Used { get; set; }
    }
}
