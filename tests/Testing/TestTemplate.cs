using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Watchdog.Storage;

namespace Watchdog.Testing;

/// <summary>A migrated database that others are copied from in some 50 ms.</summary>
/// <param name="Server">Connection string of the server.</param>
/// <param name="Name">The template's name; it tells the schema by its checksums, so that programs of several states can share a server.</param>
internal sealed record TestTemplate(string Server, string Name)
{
    private const long LockKey = 0x54455354;

    public static async Task<TestTemplate> PrepareAsync(string server)
    {
        var schema = string.Concat(Migration.Embedded.Select(m => m.Sha256));
        var name = "template_" + Migration.Parse("0001_all.sql", schema).Sha256[..16];
        await using var admin = new NpgsqlConnection(To(server, "postgres"));
        await admin.OpenAsync();
        await RunAsync(admin, $"select pg_advisory_lock({LockKey})");
        await using var exists = new NpgsqlCommand("select exists (select 1 from pg_database where datname = $1)", admin);
        exists.Parameters.Add(new() { Value = name });
        if (!(bool)(await exists.ExecuteScalarAsync())!)
        {
            await RunAsync(admin, $"drop database if exists {name}_new with (force)");
            await RunAsync(admin, $"create database {name}_new");
            await using (var database = NpgsqlDataSource.Create(To(server, name + "_new")))
            {
                await new Migrator(database, Migration.Embedded, TimeProvider.System, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
            }

            await RunAsync(admin, $"alter database {name}_new rename to {name}");
        }

        return new TestTemplate(server, name);
    }

    /// <summary>The server's connection string for one database of it, without a pool.</summary>
    public static string To(string server, string database) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = false }.ConnectionString;

    public static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
