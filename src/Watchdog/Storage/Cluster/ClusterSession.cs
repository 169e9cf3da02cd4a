using Npgsql;

namespace Watchdog.Storage.Cluster;

/// <summary>What a private cluster is asked over its presence session.</summary>
internal static class ClusterSession
{
    /// <summary>A session in database <c>postgres</c>; null while nobody listens or the server is not ready.</summary>
    /// <exception cref="ClusterException">The server answers and refuses: waiting would not help.</exception>
    public static async Task<NpgsqlConnection?> TryOpenAsync(NpgsqlConnectionStringBuilder access, CancellationToken ct)
    {
        var own = new NpgsqlConnectionStringBuilder(access.ConnectionString) { Database = "postgres", Pooling = false, KeepAlive = 30 };
        var connection = new NpgsqlConnection(own.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch (PostgresException refused) when (!TransientErrors.IsTransient(refused))
        {
            await connection.DisposeAsync();
            throw new ClusterException($"the private PostgreSQL refuses Watchdog: {refused.MessageText}");
        }
        catch (NpgsqlException)
        {
            await connection.DisposeAsync();
            return null;
        }
    }

    /// <summary>Whether the session still answers.</summary>
    public static async Task<bool> AnswersAsync(NpgsqlConnection session, CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand("select 1", session) { CommandTimeout = 10 };
            await command.ExecuteScalarAsync(ct);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>How many client sessions other processes hold; null when the server does not say.</summary>
    public static async Task<long?> CountOthersAsync(NpgsqlConnection session, string applicationName, CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand(
                "select count(*) from pg_stat_activity where backend_type = 'client backend' and application_name <> $1", session);
            command.Parameters.Add(new() { Value = applicationName });
            return (long)(await command.ExecuteScalarAsync(ct))!;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Makes the database where it is absent.</summary>
    public static async Task EnsureDatabaseAsync(NpgsqlConnection session, string name, CancellationToken ct)
    {
        await using var exists = new NpgsqlCommand("select exists (select 1 from pg_database where datname = $1)", session);
        exists.Parameters.Add(new() { Value = name });
        if (!(bool)(await exists.ExecuteScalarAsync(ct))!)
        {
            await using var create = new NpgsqlCommand($"create database {name}", session);
            await create.ExecuteNonQueryAsync(ct);
        }
    }
}
