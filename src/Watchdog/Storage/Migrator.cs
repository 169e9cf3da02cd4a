using Npgsql;

namespace Watchdog.Storage;

/// <summary>
/// Brings a database's schema forward, or says why not. Several migrators at once are harmless: each step is one transaction
/// under one advisory lock.
/// </summary>
/// <param name="database">The database, by a role that may create tables for <see cref="MigrateAsync"/>.</param>
/// <param name="known">The migrations that this program knows, in order.</param>
/// <param name="wall">Stamps <c>applied_at</c>.</param>
/// <param name="log">Where applied steps are told.</param>
public sealed class Migrator(NpgsqlDataSource database, IReadOnlyList<Migration> known, TimeProvider wall, ILogger<Migrator> log)
{
    // Any constant of our own: the key of the advisory lock that migrators share.
    private const long LockKey = 0x57415443_48444F47;

    /// <summary>Applies what is pending, one transaction a migration.</summary>
    /// <returns>What this call applied; empty when the schema was current.</returns>
    /// <exception cref="SchemaException">The database is newer than this program, or its history differs.</exception>
    public async Task<IReadOnlyList<Migration>> MigrateAsync(CancellationToken ct)
    {
        var applied = new List<Migration>();
        while (await ApplyNextAsync(ct) is { } migration)
        {
            Log.Migrated(log, migration.Version, migration.Name);
            applied.Add(migration);
        }

        return applied;
    }

    /// <summary>
    /// Refuses a database whose schema is absent, older, different, or so new that it says programs as old as this may not run on it: what a
    /// worker asks before it starts.
    /// </summary>
    /// <exception cref="SchemaException">It is; the message says what to do.</exception>
    public async Task VerifyAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var exists = new NpgsqlCommand("select to_regclass('schema_version') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(ct))!)
        {
            throw new SchemaException("the database has no schema yet: run `watchdog migrate`");
        }

        var state = SchemaState.Compare(await ReadAsync(connection, ct), known, await FloorAsync(connection, ct));
        if (state.Refusal is not null)
        {
            throw new SchemaException(state.Refusal);
        }

        if (state.Pending.Count > 0)
        {
            throw new SchemaException($"the database lacks {state.Pending.Count} migration(s) from "
                + $"{state.Pending[0].Version:D4}_{state.Pending[0].Name} on: run `watchdog migrate`");
        }
    }

    private async Task<Migration?> ApplyNextAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var hold = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction) { CommandTimeout = 0 })
        {
            hold.Parameters.Add(new() { Value = LockKey });
            await hold.ExecuteNonQueryAsync(ct);
        }

        await using (var create = new NpgsqlCommand(
            "create table if not exists schema_version (version integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null)",
            connection, transaction))
        {
            await create.ExecuteNonQueryAsync(ct);
        }

        var state = SchemaState.Compare(await ReadAsync(connection, ct), known, await FloorAsync(connection, ct));
        if (state.Refusal is not null)
        {
            throw new SchemaException(state.Refusal);
        }

        if (state.Pending.Count == 0)
        {
            await transaction.CommitAsync(ct);
            return null;
        }

        var next = state.Pending[0];
        await using (var apply = new NpgsqlCommand(next.Sql, connection, transaction) { CommandTimeout = 0 })
        {
            await apply.ExecuteNonQueryAsync(ct);
        }

        await using (var record = new NpgsqlCommand("insert into schema_version (version, name, sha256, applied_at) values ($1, $2, $3, $4)", connection, transaction))
        {
            record.Parameters.Add(new() { Value = next.Version });
            record.Parameters.Add(new() { Value = next.Name });
            record.Parameters.Add(new() { Value = next.Sha256 });
            record.Parameters.Add(new() { Value = wall.GetUtcNow() });
            await record.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return next;
    }

    private static async Task<List<AppliedMigration>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select version, name, sha256 from schema_version order by version", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<AppliedMigration>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new AppliedMigration(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        }

        return rows;
    }

    // Absent before the migration that made it.
    private static async Task<int?> FloorAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('schema_floor') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(ct))!)
        {
            return null;
        }

        await using var command = new NpgsqlCommand("select migration from schema_floor", connection);
        return (int?)await command.ExecuteScalarAsync(ct);
    }
}
