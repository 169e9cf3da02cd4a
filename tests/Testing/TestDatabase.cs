using Npgsql;

namespace Watchdog.Testing;

/// <summary>A database of a test's own on the process's shared server; dropped when disposed of.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string server;
    private readonly string name;

    private TestDatabase(string server, string name)
    {
        (this.server, this.name) = (server, name);
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        Source = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <summary>Connection string of this database.</summary>
    public string ConnectionString { get; }

    /// <summary>A pooled data source on it.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>A fresh database with the current schema.</summary>
    public static Task<TestDatabase> CreateAsync() => CreateAsync(migrated: true);

    /// <summary>A fresh database without any schema.</summary>
    public static Task<TestDatabase> CreateEmptyAsync() => CreateAsync(migrated: false);

    /// <summary>Runs one statement with positional parameters.</summary>
    public async Task<int> ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await using var admin = new NpgsqlConnection(TestTemplate.To(server, "postgres"));
        await admin.OpenAsync();
        await TestTemplate.RunAsync(admin, $"drop database if exists {name} with (force)");
    }

    private static async Task<TestDatabase> CreateAsync(bool migrated)
    {
        var template = await TestServer.GetAsync();
        var name = $"test_{Guid.NewGuid():N}";
        await using var admin = new NpgsqlConnection(TestTemplate.To(template.Server, "postgres"));
        await admin.OpenAsync();
        await TestTemplate.RunAsync(admin, $"create database {name} template {(migrated ? template.Name : "template1")}");
        return new TestDatabase(template.Server, name);
    }

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = Source.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return command;
    }
}
